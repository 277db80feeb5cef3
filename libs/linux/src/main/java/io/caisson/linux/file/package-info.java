/** Files below a root that symbolic links in it can never lead out of. */
@NullMarked
package io.caisson.linux.file;

import org.jspecify.annotations.NullMarked;
