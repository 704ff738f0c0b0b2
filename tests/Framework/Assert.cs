using System;
using TestFrameworkShared;

namespace nanoFramework.TestFramework
{
    /// <summary>
    /// The assertions of nanoFramework.TestFramework 3, without the members that are marked obsolete there. A message
    /// is added to what the failure says anyway.
    /// </summary>
    public static class Assert
    {
        /// <summary>Fails unless both are equal.</summary>
        public static void AreEqual(bool expected, bool actual, string message = "")
        {
            CheckEqual(expected, actual, message);
        }

        /// <summary>Fails unless both are equal.</summary>
        public static void AreEqual(byte expected, byte actual, string message = "")
        {
            CheckEqual(expected, actual, message);
        }

        /// <summary>Fails unless both are equal.</summary>
        public static void AreEqual(char expected, char actual, string message = "")
        {
            CheckEqual(expected, actual, message);
        }

        /// <summary>Fails unless both are equal.</summary>
        public static void AreEqual(DateTime expected, DateTime actual, string message = "")
        {
            CheckEqual(expected, actual, message);
        }

        /// <summary>Fails unless both are equal.</summary>
        public static void AreEqual(double expected, double actual, string message = "")
        {
            CheckEqual(expected, actual, message);
        }

        /// <summary>Fails unless both are equal.</summary>
        public static void AreEqual(float expected, float actual, string message = "")
        {
            CheckEqual(expected, actual, message);
        }

        /// <summary>Fails unless both are equal.</summary>
        public static void AreEqual(int expected, int actual, string message = "")
        {
            CheckEqual(expected, actual, message);
        }

        /// <summary>Fails unless both are equal.</summary>
        public static void AreEqual(long expected, long actual, string message = "")
        {
            CheckEqual(expected, actual, message);
        }

        /// <summary>Fails unless both are equal.</summary>
        public static void AreEqual(object expected, object actual, string message = "")
        {
            CheckEqual(expected, actual, message);
        }

        /// <summary>Fails unless both are equal.</summary>
        public static void AreEqual(sbyte expected, sbyte actual, string message = "")
        {
            CheckEqual(expected, actual, message);
        }

        /// <summary>Fails unless both are equal.</summary>
        public static void AreEqual(short expected, short actual, string message = "")
        {
            CheckEqual(expected, actual, message);
        }

        /// <summary>Fails unless both are equal.</summary>
        public static void AreEqual(string expected, string actual, string message = "")
        {
            CheckEqual(expected, actual, message);
        }

        /// <summary>Fails unless both are equal.</summary>
        public static void AreEqual(uint expected, uint actual, string message = "")
        {
            CheckEqual(expected, actual, message);
        }

        /// <summary>Fails unless both are equal.</summary>
        public static void AreEqual(ulong expected, ulong actual, string message = "")
        {
            CheckEqual(expected, actual, message);
        }

        /// <summary>Fails unless both are equal.</summary>
        public static void AreEqual(ushort expected, ushort actual, string message = "")
        {
            CheckEqual(expected, actual, message);
        }

        /// <summary>Fails if both are equal.</summary>
        public static void AreNotEqual(bool notExpected, bool actual, string message = "")
        {
            CheckNotEqual(notExpected, actual, message);
        }

        /// <summary>Fails if both are equal.</summary>
        public static void AreNotEqual(byte notExpected, byte actual, string message = "")
        {
            CheckNotEqual(notExpected, actual, message);
        }

        /// <summary>Fails if both are equal.</summary>
        public static void AreNotEqual(char notExpected, char actual, string message = "")
        {
            CheckNotEqual(notExpected, actual, message);
        }

        /// <summary>Fails if both are equal.</summary>
        public static void AreNotEqual(DateTime notExpected, DateTime actual, string message = "")
        {
            CheckNotEqual(notExpected, actual, message);
        }

        /// <summary>Fails if both are equal.</summary>
        public static void AreNotEqual(double notExpected, double actual, string message = "")
        {
            CheckNotEqual(notExpected, actual, message);
        }

        /// <summary>Fails if both are equal.</summary>
        public static void AreNotEqual(float notExpected, float actual, string message = "")
        {
            CheckNotEqual(notExpected, actual, message);
        }

        /// <summary>Fails if both are equal.</summary>
        public static void AreNotEqual(int notExpected, int actual, string message = "")
        {
            CheckNotEqual(notExpected, actual, message);
        }

        /// <summary>Fails if both are equal.</summary>
        public static void AreNotEqual(long notExpected, long actual, string message = "")
        {
            CheckNotEqual(notExpected, actual, message);
        }

        /// <summary>Fails if both are equal.</summary>
        public static void AreNotEqual(object notExpected, object actual, string message = "")
        {
            CheckNotEqual(notExpected, actual, message);
        }

        /// <summary>Fails if both are equal.</summary>
        public static void AreNotEqual(sbyte notExpected, sbyte actual, string message = "")
        {
            CheckNotEqual(notExpected, actual, message);
        }

        /// <summary>Fails if both are equal.</summary>
        public static void AreNotEqual(short notExpected, short actual, string message = "")
        {
            CheckNotEqual(notExpected, actual, message);
        }

        /// <summary>Fails if both are equal.</summary>
        public static void AreNotEqual(string notExpected, string actual, string message = "")
        {
            CheckNotEqual(notExpected, actual, message);
        }

        /// <summary>Fails if both are equal.</summary>
        public static void AreNotEqual(uint notExpected, uint actual, string message = "")
        {
            CheckNotEqual(notExpected, actual, message);
        }

        /// <summary>Fails if both are equal.</summary>
        public static void AreNotEqual(ulong notExpected, ulong actual, string message = "")
        {
            CheckNotEqual(notExpected, actual, message);
        }

        /// <summary>Fails if both are equal.</summary>
        public static void AreNotEqual(ushort notExpected, ushort actual, string message = "")
        {
            CheckNotEqual(notExpected, actual, message);
        }

        /// <summary>Fails unless both are the same object.</summary>
        public static void AreSame(object expected, object actual, string message = "")
        {
            Check(ReferenceEquals(expected, actual), nameof(AreSame), message);
        }

        /// <summary>Fails if both are the same object.</summary>
        public static void AreNotSame(object notExpected, object actual, string message = "")
        {
            Check(!ReferenceEquals(notExpected, actual), nameof(AreNotSame), message);
        }

        /// <summary>Fails unless the value contains a string.</summary>
        public static void Contains(string expected, string value, string message = "")
        {
            Check(expected != null && value != null && value.Contains(expected, StringComparison.Ordinal),
                nameof(Contains), $"'{value}' does not contain '{expected}'. {message}");
        }

        /// <summary>Fails if the value contains a string. (The name is the original's.)</summary>
        public static void DoesNotContains(string notExpected, string value, string message = "")
        {
            Check(notExpected != null && value != null && !value.Contains(notExpected, StringComparison.Ordinal),
                nameof(DoesNotContains), $"'{value}' contains '{notExpected}'. {message}");
        }

        /// <summary>Fails unless the value starts with a string.</summary>
        public static void StartsWith(string expected, string value, string message = "")
        {
            Check(expected != null && value != null && value.StartsWith(expected, StringComparison.Ordinal),
                nameof(StartsWith), $"'{value}' does not start with '{expected}'. {message}");
        }

        /// <summary>Fails unless the value ends with a string.</summary>
        public static void EndsWith(string expected, string value, string message = "")
        {
            Check(expected != null && value != null && value.EndsWith(expected, StringComparison.Ordinal),
                nameof(EndsWith), $"'{value}' does not end with '{expected}'. {message}");
        }

        /// <summary>Fails if the condition is true.</summary>
        public static void IsFalse(bool condition, string message = "")
        {
            Check(!condition, nameof(IsFalse), message);
        }

        /// <summary>Fails if the condition is false.</summary>
        public static void IsTrue(bool condition, string message = "")
        {
            Check(condition, nameof(IsTrue), message);
        }

        /// <summary>Fails unless the value is of exactly that type.</summary>
        public static void IsInstanceOfType(object value, Type expected, string message = "")
        {
            Check(expected != null && value?.GetType() == expected, nameof(IsInstanceOfType),
                $"Expected: {expected}. Actual: {value?.GetType()}. {message}");
        }

        /// <summary>Fails if the value is of exactly that type.</summary>
        public static void IsNotInstanceOfType(object value, Type notExpected, string message = "")
        {
            Check(notExpected != null && value?.GetType() != notExpected, nameof(IsNotInstanceOfType),
                $"Not expected: {notExpected}. {message}");
        }

        /// <summary>Fails if the value is null.</summary>
        public static void IsNotNull(object value, string message = "")
        {
            Check(value is not null, nameof(IsNotNull), message);
        }

        /// <summary>Fails unless the value is null.</summary>
        public static void IsNull(object value, string message = "")
        {
            Check(value is null, nameof(IsNull), message);
        }

        /// <summary>Ends the test as skipped.</summary>
        public static void SkipTest(string message = null)
        {
            throw new SkipTestException(message);
        }

        /// <summary>Fails unless the action throws an exception of exactly that type.</summary>
        public static void ThrowsException(Type exception, Action action, string message = "")
        {
            Check(exception != null && action != null, nameof(ThrowsException), message);
            Type thrown = null;
            try
            {
                action();
            }
            catch (Exception e)
            {
                thrown = e.GetType();
            }

            Check(thrown == exception, nameof(ThrowsException), $"Expected: {exception}. Actual: {thrown}. {message}");
        }

        internal static void Check(bool condition, string assertion, string message)
        {
            if (!condition)
            {
                throw new AssertFailedException($"{assertion} failed. {message}");
            }
        }

        private static void CheckEqual(object expected, object actual, string message)
        {
            Check(Equals(expected, actual), nameof(AreEqual), $"Expected: {expected}. Actual: {actual}. {message}");
        }

        private static void CheckNotEqual(object notExpected, object actual, string message)
        {
            Check(!Equals(notExpected, actual), nameof(AreNotEqual), $"Not expected: {actual}. {message}");
        }
    }
}
