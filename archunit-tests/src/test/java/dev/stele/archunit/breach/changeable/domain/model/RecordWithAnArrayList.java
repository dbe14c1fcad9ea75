package dev.stele.archunit.breach.changeable.domain.model;

import java.util.ArrayList;

@SuppressWarnings("NonApiType")
record RecordWithAnArrayList(ArrayList<String> names) {}
