package topolip.diagram;

import java.util.Arrays;

/// Columns with their distances, the nearest first; equal distances in the order of columns.
final class DistanceHeap {
  private final int[] heap;
  private final int[] place;
  private final double[] distance;
  private int size;

  DistanceHeap(int columns) {
    heap = new int[columns];
    place = new int[columns];
    distance = new double[columns];
    Arrays.fill(place, -1);
  }

  boolean isEmpty() {
    return size == 0;
  }

  int first() {
    return heap[0];
  }

  void clear() {
    for (int i = 0; i < size; i++) {
      place[heap[i]] = -1;
    }
    size = 0;
  }

  void putOrDecrease(int column, double value) {
    distance[column] = value;
    int i = place[column] >= 0 ? place[column] : size++;
    while (i > 0 && isBefore(column, heap[(i - 1) / 2])) {
      put(heap[(i - 1) / 2], i);
      i = (i - 1) / 2;
    }
    put(column, i);
  }

  int removeFirst() {
    int first = heap[0];
    place[first] = -1;
    int last = heap[--size];
    if (size > 0) {
      sink(last);
    }
    return first;
  }

  private void sink(int column) {
    int i = 0;
    while (2 * i + 1 < size) {
      int child = 2 * i + 1;
      if (child + 1 < size && isBefore(heap[child + 1], heap[child])) {
        child++;
      }
      if (!isBefore(heap[child], column)) {
        break;
      }
      put(heap[child], i);
      i = child;
    }
    put(column, i);
  }

  private boolean isBefore(int a, int b) {
    return distance[a] < distance[b] || (distance[a] == distance[b] && a < b);
  }

  private void put(int column, int i) {
    heap[i] = column;
    place[column] = i;
  }
}
