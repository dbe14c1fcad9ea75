package dev.stele.archunit.breach.changeable.contracts;

import java.util.Date;

@SuppressWarnings("JavaUtilDate")
record RecordWithADate(Date at) {}
