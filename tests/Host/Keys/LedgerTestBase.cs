using NUnit.Framework;

namespace NanoComm.Tests.Host.Keys
{
    /// <summary>Tests of a ledger that is on the one back end or on the other; each has a new one.</summary>
    internal abstract class LedgerTestBase(Backend backend)
    {
        protected readonly Backend _backend = backend;
        protected LedgerFixture _f;

        [SetUp]
        public void MakeLedger()
        {
            _f = new LedgerFixture(_backend);
        }

        [TearDown]
        public void EndLedger()
        {
            _f.Dispose();
        }
    }
}
