package dev.stele.archunit.breach.changeable.contracts;

@SuppressWarnings("ArrayRecordComponent")
record RecordWithAnArray(byte[] bytes) {}
