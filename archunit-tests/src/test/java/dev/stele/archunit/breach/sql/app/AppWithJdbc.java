package dev.stele.archunit.breach.sql.app;

import java.sql.Connection;

record AppWithJdbc(Connection connection) {}
