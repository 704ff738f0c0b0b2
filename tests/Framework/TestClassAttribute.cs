using System;
using NUnit.Framework;

namespace nanoFramework.TestFramework
{
    /// <summary>Marks a static class of tests.</summary>
    [AttributeUsage(AttributeTargets.Class)]
    public class TestClassAttribute : TestFixtureAttribute
    {
    }
}
