/** What a create request becomes: merged with its image, checked as Docker checks it, filled with defaults. */
@NullMarked
package io.caisson.container.config;

import org.jspecify.annotations.NullMarked;
