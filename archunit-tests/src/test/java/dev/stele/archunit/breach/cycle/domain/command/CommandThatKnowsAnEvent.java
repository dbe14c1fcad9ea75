package dev.stele.archunit.breach.cycle.domain.command;

import dev.stele.archunit.breach.cycle.domain.event.EventThatKnowsACommand;

public record CommandThatKnowsAnEvent(EventThatKnowsACommand event) {}
