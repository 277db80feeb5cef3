/** From Docker's four ways to ask for a mount to one list. */
@NullMarked
package io.caisson.container.mounts;

import org.jspecify.annotations.NullMarked;
