using NUnit.Framework;

namespace NanoComm.Tests.Contract
{
    /// <summary>Leaves nothing behind.</summary>
    [SetUpFixture]
    public static class EndOfRun
    {
        [OneTimeTearDown]
        public static void Delete_the_temporary_copy()
        {
            TemporaryCopy.Delete();
        }
    }
}
