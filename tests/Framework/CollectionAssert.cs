using System.Collections;

namespace nanoFramework.TestFramework
{
    /// <summary>Assertions on collections; elements are compared in their order.</summary>
    public static class CollectionAssert
    {
        /// <summary>Fails unless both have equal elements.</summary>
        public static void AreEqual(ICollection expected, ICollection actual, string message = "")
        {
            Assert.Check(AreCollectionsEqual(expected, actual, out string reason), nameof(AreEqual),
                $"{reason} {message}");
        }

        /// <summary>Fails if both have equal elements.</summary>
        public static void AreNotEqual(ICollection notExpected, ICollection actual, string message = "")
        {
            Assert.Check(!AreCollectionsEqual(notExpected, actual, out _), nameof(AreNotEqual), message);
        }

        /// <summary>Fails unless the collection is empty.</summary>
        public static void Empty(ICollection collection, string message = "")
        {
            Assert.Check(collection != null && collection.Count == 0, nameof(Empty), message);
        }

        /// <summary>Fails if the collection is empty.</summary>
        public static void NotEmpty(ICollection collection, string message = "")
        {
            Assert.Check(collection != null && collection.Count > 0, nameof(NotEmpty), message);
        }

        private static bool AreCollectionsEqual(ICollection expected, ICollection actual, out string reason)
        {
            reason = null;
            if (ReferenceEquals(expected, actual))
            {
                return true;
            }

            if (expected == null || actual == null || expected.Count != actual.Count)
            {
                reason = $"Elements expected: {expected?.Count}. Actual: {actual?.Count}.";
                return false;
            }

            IEnumerator other = actual.GetEnumerator();
            int index = 0;
            foreach (object element in expected)
            {
                other.MoveNext();
                if (!Equals(element, other.Current))
                {
                    reason = $"Element {index} expected: {element}. Actual: {other.Current}.";
                    return false;
                }

                index++;
            }

            return true;
        }
    }
}
