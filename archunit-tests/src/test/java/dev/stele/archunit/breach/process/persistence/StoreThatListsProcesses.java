package dev.stele.archunit.breach.process.persistence;

class StoreThatListsProcesses {
    long count() {
        return ProcessHandle.allProcesses().count();
    }
}
