package dev.stele.archunit.breach.pureport.domain.port;

public interface Store {
    long head();
}
