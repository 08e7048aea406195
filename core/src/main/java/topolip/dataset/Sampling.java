package topolip.dataset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Draws samples of a data set.
public final class Sampling {
  private Sampling() {}

  /// Disjoint samples, each with as many images of every class as can be: shares differ by at most
  /// one, except where a class has run out. Data without labels are drawn uniformly.
  ///
  /// The images of each class are shuffled by the seed and dealt round by round, so that the first
  /// sample does not depend on how many are drawn.
  ///
  /// @param count of images in a sample
  /// @param draws how many samples
  /// @return indices in increasing order, an array a sample
  /// @throws IllegalArgumentException if there are too few images
  public static List<int[]> balanced(Dataset dataset, int count, int draws, long seed) {
    if (count < 1) {
      throw new IllegalArgumentException("a sample needs at least one image, not " + count);
    }
    if ((long) count * draws > dataset.size()) {
      throw new IllegalArgumentException(
          "%s has %,d images, fewer than the %,d asked for; take at most --samples %d"
              .formatted(
                  dataset.name(), dataset.size(), (long) count * draws, dataset.size() / draws));
    }
    List<List<Integer>> classes = shuffledClasses(dataset, seed);
    List<int[]> samples = new ArrayList<>();
    for (int draw = 0; draw < draws; draw++) {
      samples.add(deal(classes, count));
    }
    return samples;
  }

  private static List<List<Integer>> shuffledClasses(Dataset dataset, long seed) {
    int classes = dataset.labelled() ? dataset.classNames().size() : 1;
    List<List<Integer>> members = new ArrayList<>();
    for (int c = 0; c < classes; c++) {
      members.add(new ArrayList<>());
    }
    for (int i = 0; i < dataset.size(); i++) {
      members.get(dataset.labelled() ? dataset.label(i) : 0).add(i);
    }
    SplittableRandom random = new SplittableRandom(seed);
    members.forEach(images -> shuffle(images, random.split()));
    return members;
  }

  /// Fisher and Yates.
  private static void shuffle(List<Integer> images, SplittableRandom random) {
    for (int i = images.size() - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      Integer swapped = images.get(i);
      images.set(i, images.get(j));
      images.set(j, swapped);
    }
  }

  /// Takes from the end of each class in turn.
  private static int[] deal(List<List<Integer>> classes, int count) {
    int[] sample = new int[count];
    int size = 0;
    while (size < count) {
      for (int c = 0; c < classes.size() && size < count; c++) {
        if (!classes.get(c).isEmpty()) {
          sample[size++] = classes.get(c).removeLast();
        }
      }
    }
    Arrays.sort(sample);
    return sample;
  }

  /// All images of a data set.
  public static int[] all(Dataset dataset) {
    return IntStream.range(0, dataset.size()).toArray();
  }
}
