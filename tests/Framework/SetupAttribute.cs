using System;
using NUnit.Framework;

namespace nanoFramework.TestFramework
{
    /// <summary>
    /// Marks the method that runs once, before the tests of its class. When it skips, they are all skipped; when it
    /// fails, they fail here, and run nevertheless under the launcher.
    /// </summary>
    [AttributeUsage(AttributeTargets.Method)]
    public class SetupAttribute : OneTimeSetUpAttribute
    {
    }
}
