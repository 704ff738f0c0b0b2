using System;
using System.Globalization;
using NanoComm.CommandLine;
using NUnit.Framework;

/// <summary>
/// The environment of what the tests of this assembly start: it does not outlive them, however they end, and speaks English, whatever
/// the locale is of the one who runs them. It stands outside of all namespaces, and so before all of them.
/// </summary>
[SetUpFixture]
internal sealed class TestEnvironment
{
    [OneTimeSetUp]
    public static void Set()
    {
        Environment.SetEnvironmentVariable(EndWith.Variable, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        Environment.SetEnvironmentVariable("LC_ALL", "C.UTF-8");
    }
}
