package dev.stele.archunit.breach.innerlife.persistence;

public final class RootHelper {
    public static String help() {
        return "";
    }
}
