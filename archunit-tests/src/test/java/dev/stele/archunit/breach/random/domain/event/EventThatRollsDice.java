package dev.stele.archunit.breach.random.domain.event;

import java.util.Random;

record EventThatRollsDice(int eyes) {
    static EventThatRollsDice roll(Random random) {
        return new EventThatRollsDice(random.nextInt());
    }
}
