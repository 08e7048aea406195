package topolip.report;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.batik.transcoder.SVGAbstractTranscoder;
import org.apache.batik.transcoder.TranscoderException;
import org.apache.batik.transcoder.TranscoderInput;
import org.apache.batik.transcoder.TranscoderOutput;
import org.apache.batik.transcoder.image.PNGTranscoder;

/// Draws SVG as PNG, at twice its size.
final class Png {
  private static final float SCALE = 2;
  private static final Pattern WIDTH = Pattern.compile("<svg[^>]* width=\"([0-9.]+)\"");

  private Png() {}

  static void write(String svg, Path file) throws IOException {
    Matcher width = WIDTH.matcher(svg);
    if (!width.find()) {
      throw new IOException("a figure without width: " + file.getFileName());
    }
    PNGTranscoder transcoder = new PNGTranscoder();
    transcoder.addTranscodingHint(
        SVGAbstractTranscoder.KEY_WIDTH, SCALE * Float.parseFloat(width.group(1)));
    try (OutputStream out = Files.newOutputStream(file)) {
      transcoder.transcode(new TranscoderInput(new StringReader(svg)), new TranscoderOutput(out));
    } catch (TranscoderException e) {
      throw new IOException("cannot draw " + file.getFileName() + ": " + e.getMessage(), e);
    }
  }
}
