using System;
using System.Collections.Generic;
using System.Linq;
using nanoFramework.TestFramework;
using NUnit.Framework;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using NUnit.Framework.Internal.Execution;
using Assert = NUnit.Framework.Assert;

namespace NanoComm.Tests.Host.Framework
{
    /// <summary>
    /// The look-alike of nanoFramework.TestFramework, on samples that NUnit itself does not find: a class becomes a
    /// fixture only by [TestClass], and the samples get theirs here.
    /// </summary>
    [TestFixture]
    public class LookAlikeTests
    {
        [Test]
        public void EveryOutcomeIsReportedAsWhatItIs()
        {
            Dictionary<string, ResultState> results = Run(typeof(OutcomeSample));

            Assert.That(results, Is.EquivalentTo(new Dictionary<string, ResultState>
            {
                ["Passes"] = ResultState.Success,
                ["FailsByAssert"] = ResultState.Failure,
                ["FailsByCollectionAssert"] = ResultState.Failure,
                ["FailsByException"] = ResultState.Error,
                ["Skips"] = ResultState.Ignored,
            }));
        }

        [Test]
        public void ATestRunsOnceForEachOfItsRows()
        {
            RowSample.Calls.Clear();

            Dictionary<string, ResultState> results = Run(typeof(RowSample));

            Assert.That(RowSample.Calls, Is.EquivalentTo(new[] { "1 True a", "2 False b", "plain" }));
            Assert.That(results, Has.Count.EqualTo(4));
            Assert.That(results["WithRows(1,True,\"a\")"], Is.EqualTo(ResultState.Success));
            Assert.That(results["WithRows(2,False,\"b\")"], Is.EqualTo(ResultState.Success));
            Assert.That(results["WithRowOfAnotherType(1)"].Status, Is.EqualTo(TestStatus.Failed),
                "the launcher does not convert, so neither does the look-alike");
        }

        [Test]
        public void SetupAndCleanupRunOnceAroundTheClass()
        {
            OrderSample.Calls.Clear();

            Run(typeof(OrderSample));

            Assert.That(OrderSample.Calls, Is.EqualTo(new[] { "setup", "test", "test", "cleanup" }));
        }

        [Test]
        public void SkippingSetupSkipsTheClass()
        {
            Dictionary<string, ResultState> results = Run(typeof(SkippedSample));

            Assert.That(results.Values.Select(r => r.Status), Is.EqualTo(new[] { TestStatus.Skipped }));
            Assert.That(SkippedSample.Ran, Is.False);
        }

        private static Dictionary<string, ResultState> Run(Type sample)
        {
            TestSuite suite = ((IFixtureBuilder)new TestClassAttribute()).BuildFrom(new TypeWrapper(sample)).Single();
            WorkItem work = WorkItemBuilder.CreateWorkItem(suite, TestFilter.Empty, recursive: true);
            using (new TestExecutionContext.IsolatedContext())
            {
                var dispatcher = new MainThreadWorkItemDispatcher();
                work.InitializeContext(new TestExecutionContext { Dispatcher = dispatcher });
                dispatcher.Start(work);
            }

            // Where it happened (in the test, in its class's setup) does not matter here.
            return Leaves(work.Result).ToDictionary(
                result => result.Test.Name,
                result => new ResultState(result.ResultState.Status, result.ResultState.Label));
        }

        private static IEnumerable<ITestResult> Leaves(ITestResult result)
        {
            return result.Test.IsSuite ? result.Children.SelectMany(Leaves) : new[] { result };
        }
    }
}
