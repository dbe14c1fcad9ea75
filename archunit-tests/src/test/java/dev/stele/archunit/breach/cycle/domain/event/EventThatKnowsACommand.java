package dev.stele.archunit.breach.cycle.domain.event;

import dev.stele.archunit.breach.cycle.domain.command.CommandThatKnowsAnEvent;

public record EventThatKnowsACommand(CommandThatKnowsAnEvent command) {}
