package dev.stele.archunit.breach.setter.contracts;

interface ContractWithASetter {
    void setName(String name);
}
