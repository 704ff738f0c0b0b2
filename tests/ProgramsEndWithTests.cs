using System;
using System.Globalization;
using NanoComm.CommandLine;
using NUnit.Framework;

/// <summary>What the tests of this assembly start does not outlive them, however they end. It stands outside of all namespaces, and so
/// before all of them.</summary>
[SetUpFixture]
internal sealed class ProgramsEndWithTests
{
    [OneTimeSetUp]
    public static void Say()
    {
        Environment.SetEnvironmentVariable(EndWith.Variable, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
    }
}
