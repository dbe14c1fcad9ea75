package dev.stele.archunit.breach.threads.contracts;

import java.util.concurrent.CountDownLatch;

record ContractThatWaits(CountDownLatch latch) {}
