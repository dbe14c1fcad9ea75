package dev.stele.domain.decide;

import java.util.stream.Stream;

/** The members of a closed family, so that a table of cases can be held against them. */
public final class Families {

    private Families() {}

    /** All records of a sealed family, also those of families inside it. */
    public static Stream<Class<?>> leaves(Class<?> family) {
        return family.isSealed()
                ? Stream.of(family.getPermittedSubclasses()).flatMap(Families::leaves)
                : Stream.of(family);
    }
}
