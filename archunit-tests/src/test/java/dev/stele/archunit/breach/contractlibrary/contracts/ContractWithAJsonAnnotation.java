package dev.stele.archunit.breach.contractlibrary.contracts;

import com.fasterxml.jackson.annotation.JsonProperty;

record ContractWithAJsonAnnotation(@JsonProperty("name") String name) {}
