using System;
using NUnit.Framework;

namespace nanoFramework.TestFramework
{
    /// <summary>Marks the method that runs once, after the tests of its class.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    public class CleanupAttribute : OneTimeTearDownAttribute
    {
    }
}
