using System;
using NUnit.Framework;

namespace nanoFramework.TestFramework
{
    /// <summary>Ends a test as skipped.</summary>
    public class SkipTestException : IgnoreException
    {
        /// <summary>Makes it.</summary>
        /// <param name="message">Why.</param>
        /// <param name="innerException">What lies behind it, or null.</param>
        public SkipTestException(string message = null, Exception innerException = null)
            : base(message, innerException)
        {
        }
    }
}
