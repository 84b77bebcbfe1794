package io.gapcanary.service.page;

import io.gapcanary.Gap;
import io.gapcanary.GapPage;
import io.gapcanary.ImpactFactor;
import io.gapcanary.ImpactWeights;
import io.gapcanary.Weights;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The page of the weights.
 *
 * @param frame the page's
 * @param inUse the weights in use
 * @param segments those that may have a weight
 * @param now the first gaps under them
 * @param proposed the weights that somebody considers, or {@code null}
 * @param then the first gaps under those, or {@code null}
 * @param refused why nothing was saved, as a key of texts, or {@code null}
 */
public record ImpactView(
    Frame frame,
    Weights.InUse inUse,
    List<String> segments,
    GapPage now,
    @Nullable ImpactWeights proposed,
    @Nullable GapPage then,
    @Nullable String refused) {
  /** Takes a copy. */
  public ImpactView {
    segments = List.copyOf(segments);
  }

  private ImpactWeights shown() {
    return proposed == null ? inUse.weights() : proposed;
  }

  /** A factor's weight, for a field. */
  public String field(ImpactFactor factor) {
    return number(shown().of(factor));
  }

  /** A segment's weight, for a field. */
  public String field(String segment) {
    return number(shown().ofSegment(segment));
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.2f", value);
    return text.replaceFirst("\\.?0+$", "");
  }

  /** The gaps in the order that is considered, or else in use. */
  public List<Gap> gaps() {
    return then == null ? now.gaps() : then.gaps();
  }

  /** Where a gap stands now; 0 when it is not among those shown. */
  public int placeNow(Gap gap) {
    for (int i = 0; i < now.gaps().size(); i++) {
      if (now.gaps().get(i).id().equals(gap.id())) {
        return i + 1;
      }
    }
    return 0;
  }

  /** What a decision says, in short. */
  public String told(ImpactWeights weights) {
    StringBuilder text = new StringBuilder();
    for (ImpactFactor factor : ImpactFactor.values()) {
      if (weights.of(factor) != 1) {
        text.append(text.isEmpty() ? "" : ", ")
            .append(frame.voice().say("factor." + factor.wireName()))
            .append(' ')
            .append(number(weights.of(factor)));
      }
    }
    for (String segment : weights.segments().keySet().stream().sorted().toList()) {
      text.append(text.isEmpty() ? "" : ", ")
          .append(segment)
          .append(' ')
          .append(number(weights.ofSegment(segment)));
    }
    return text.isEmpty() ? frame.voice().say("weights.even") : text.toString();
  }
}
