/** The whole platform in one process: its configuration, its database, its listeners. */
@NullMarked
package io.caisson.standalone;

import org.jspecify.annotations.NullMarked;
