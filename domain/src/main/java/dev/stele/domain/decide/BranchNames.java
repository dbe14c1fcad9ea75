package dev.stele.domain.decide;

import org.jspecify.annotations.Nullable;

/** Git's rules for the name of a branch, as {@code git check-ref-format --branch} has them. */
final class BranchNames {

    private static final String FORBIDDEN = " ~^:?*[\\";

    private BranchNames() {}

    /** The rule that a name breaks, in words, or null when git takes it. */
    static @Nullable String problem(String name) {
        if (name.isEmpty()) {
            return "it is empty.";
        }
        if (name.startsWith("-")) {
            return "it starts with a hyphen.";
        }
        if (name.equals("HEAD") || name.equals("@")) {
            return "it means something else to git.";
        }
        if (name.chars().anyMatch(c -> c < 0x20 || c == 0x7f || FORBIDDEN.indexOf(c) >= 0)) {
            return "it holds a blank, a control character or one of ~ ^ : ? * [ \\.";
        }
        if (name.contains("..") || name.contains("@{")) {
            return "it holds '..' or '@{'.";
        }
        if (name.endsWith(".")) {
            return "it ends with a dot.";
        }
        return componentProblem(name);
    }

    private static @Nullable String componentProblem(String name) {
        for (String component : name.split("/", -1)) {
            if (component.isEmpty()) {
                return "it has an empty part between slashes.";
            }
            if (component.startsWith(".")) {
                return "a part of it starts with a dot.";
            }
            if (component.endsWith(".lock")) {
                return "a part of it ends with '.lock'.";
            }
        }
        return null;
    }
}
