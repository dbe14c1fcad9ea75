package dev.stele.archunit.breach.sql.app;

import org.jooq.DSLContext;

record AppWithJooq(DSLContext sql) {}
