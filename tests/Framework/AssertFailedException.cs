using System;
using NUnit.Framework;

namespace TestFrameworkShared
{
    /// <summary>Ends a test as failed. (The namespace is the original's.)</summary>
    public class AssertFailedException : AssertionException
    {
        /// <summary>Makes it.</summary>
        /// <param name="msg">What was expected, and what was found.</param>
        /// <param name="ex">What lies behind it.</param>
        public AssertFailedException(string msg, Exception ex)
            : base(msg, ex)
        {
        }

        /// <summary>Makes it.</summary>
        /// <param name="msg">What was expected, and what was found.</param>
        public AssertFailedException(string msg)
            : base(msg)
        {
        }

        /// <summary>Makes it.</summary>
        public AssertFailedException()
            : base(null)
        {
        }
    }
}
