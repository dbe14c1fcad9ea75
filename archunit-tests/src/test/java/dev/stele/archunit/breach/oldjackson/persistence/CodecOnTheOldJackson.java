package dev.stele.archunit.breach.oldjackson.persistence;

import com.fasterxml.jackson.databind.OldMapper;

record CodecOnTheOldJackson(OldMapper mapper) {}
