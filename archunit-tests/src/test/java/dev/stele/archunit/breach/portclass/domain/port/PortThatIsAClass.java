package dev.stele.archunit.breach.portclass.domain.port;

class PortThatIsAClass {
    String name() {
        return "store";
    }
}
