using System;
using NUnit.Framework;

namespace NanoComm.Tests
{
    /// <summary>Tests are written for a user whose locale is not Japanese, whatever that of the one who runs them is; programs that
    /// they start inherit it.</summary>
    [SetUpFixture]
    public sealed class EnglishUser
    {
        private const string Variable = "LC_ALL";

        private readonly string _before = Environment.GetEnvironmentVariable(Variable);

        [OneTimeSetUp]
        public void SpeakEnglish() => Environment.SetEnvironmentVariable(Variable, "C.UTF-8");

        [OneTimeTearDown]
        public void SpeakAsBefore() => Environment.SetEnvironmentVariable(Variable, _before);
    }
}
