using System;
using NanoComm.CommandLine;
using NUnit.Framework;

namespace NanoComm.Tests.Host
{
    /// <summary>The tests read frames and charts as a locale with UTF-8 has them, wherever they run.</summary>
    [SetUpFixture]
    internal sealed class Locale
    {
        [OneTimeSetUp]
        public static void SpeakUtf8()
        {
            if (PlainScreen.IsKept)
            {
                Environment.SetEnvironmentVariable("LC_ALL", "C.UTF-8");
            }
        }
    }
}
