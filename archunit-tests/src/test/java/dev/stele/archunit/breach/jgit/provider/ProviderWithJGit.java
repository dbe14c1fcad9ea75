package dev.stele.archunit.breach.jgit.provider;

import org.eclipse.jgit.lib.Repository;

record ProviderWithJGit(Repository repository) {}
