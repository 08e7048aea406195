package topolip.homology;

import java.math.BigInteger;

/// Arithmetic modulo a prime below 2¹⁵, on representatives 0 … p − 1.
record PrimeField(int prime) {
  static final int LARGEST = 32_749;

  PrimeField {
    requirePrime(prime);
  }

  static void requirePrime(int prime) {
    if (prime < 2 || prime > LARGEST || !BigInteger.valueOf(prime).isProbablePrime(60)) {
      throw new IllegalArgumentException(
          "a field is given by a prime from 2 to %,d, not %,d".formatted(LARGEST, prime));
    }
  }

  /// How many bits a coefficient other than 0 takes beside a simplex: none over ℤ/2.
  int bits() {
    return prime == 2 ? 0 : Integer.SIZE - Integer.numberOfLeadingZeros(prime - 1);
  }

  /// A simplex and its coefficient in one number.
  long pack(long simplex, int coefficient) {
    return prime == 2 ? simplex : simplex << bits() | coefficient;
  }

  /// The simplex of a packed number.
  long simplex(long packed) {
    return packed >>> bits();
  }

  /// The coefficient of a packed number.
  int coefficient(long packed) {
    return prime == 2 ? 1 : (int) (packed & (1L << bits()) - 1);
  }

  int add(int a, int b) {
    int sum = a + b;
    return sum >= prime ? sum - prime : sum;
  }

  int negative(int a) {
    return a == 0 ? 0 : prime - a;
  }

  int times(int a, int b) {
    return a * b % prime;
  }

  /// 1/a by Fermat's little theorem, for a ≠ 0.
  int inverse(int a) {
    int power = 1;
    int base = a;
    for (int exponent = prime - 2; exponent > 0; exponent >>= 1) {
      if ((exponent & 1) == 1) {
        power = times(power, base);
      }
      base = times(base, base);
    }
    return power;
  }

  /// 1 for an even number, −1 for an odd one.
  int sign(int parity) {
    return (parity & 1) == 0 ? 1 : prime - 1;
  }
}
