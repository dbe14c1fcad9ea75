/** The working tree on disk: names as bytes, stamps, directories, ignore rules. */
@NullMarked
package dev.stele.git.disk;

import org.jspecify.annotations.NullMarked;
