package dev.stele.archunit.breach.homeless.util;

record ClassOutsideTheHouse(String name) {}
