package dev.stele.archunit.breach.json.domain.event;

import tools.jackson.databind.JsonNode;

record EventWithJackson(JsonNode json) {}
