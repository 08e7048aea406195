/// Labelled images, read from the formats of the field or generated.
@NullMarked
package topolip.dataset;

import org.jspecify.annotations.NullMarked;
