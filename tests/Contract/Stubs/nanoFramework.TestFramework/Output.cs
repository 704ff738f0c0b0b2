using System;

namespace nanoFramework.TestFramework
{
    public static class OutputHelper
    {
        public static extern void Write(string message);
        public static extern void WriteLine(string message);
    }

    public class SkipTestException : Exception
    {
        public extern SkipTestException(string message = null, Exception innerException = null);
    }

    public static class TestExtensions
    {
        public static extern bool SequenceEqual(this Array a, Array b);
    }
}
