using NUnit.Framework;

namespace NanoComm.Tests.Host.Keys
{
    /// <summary>Tests of a key office whose ledger is on the one back end or on the other; each has a new one.</summary>
    internal abstract class KmsTestBase(Backend backend)
    {
        protected readonly Backend _backend = backend;
        protected KmsOffice _office;
        protected LedgerFixture _f;

        [SetUp]
        public void MakeOffice()
        {
            _office = new KmsOffice(_backend);
            _f = _office.Ledger;
        }

        [TearDown]
        public void EndOffice()
        {
            _office.Dispose();
        }
    }
}
