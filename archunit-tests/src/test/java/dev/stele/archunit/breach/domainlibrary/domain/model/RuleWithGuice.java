package dev.stele.archunit.breach.domainlibrary.domain.model;

import com.google.inject.Injector;

record RuleWithGuice(Injector injector) {}
