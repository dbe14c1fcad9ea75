package dev.stele.archunit.breach.classofvalues.contracts;

class ContractThatIsAClass {
    private final String name = "text";

    String name() {
        return name;
    }
}
