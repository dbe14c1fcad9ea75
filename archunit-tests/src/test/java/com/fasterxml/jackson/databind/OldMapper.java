package com.fasterxml.jackson.databind;

/** Stands for Jackson 2, which no class path here holds, so that a breach can use it. */
public record OldMapper(String name) {}
