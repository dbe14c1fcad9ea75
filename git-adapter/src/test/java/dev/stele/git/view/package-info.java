/** Tests of what people are told of repositories. */
@NullMarked
package dev.stele.git.view;

import org.jspecify.annotations.NullMarked;
