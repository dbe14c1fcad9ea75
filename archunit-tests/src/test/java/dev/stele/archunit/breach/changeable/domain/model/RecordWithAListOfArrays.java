package dev.stele.archunit.breach.changeable.domain.model;

import java.util.List;

record RecordWithAListOfArrays(List<byte[]> parts) {}
