using System;
using NUnit.Framework;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using NUnit.Framework.Internal.Builders;

namespace nanoFramework.TestFramework
{
    /// <summary>
    /// Marks a test: public, static, void. Unlike NUnit's own attribute it makes no test class of its class, as the
    /// launcher does not either. With a <see cref="DataRowAttribute"/> beside it, NUnit asks only that one.
    /// </summary>
    [AttributeUsage(AttributeTargets.Method)]
    public class TestMethodAttribute : NUnitAttribute, ISimpleTestBuilder
    {
        TestMethod ISimpleTestBuilder.BuildFrom(IMethodInfo method, Test suite)
        {
            return new NUnitTestCaseBuilder().BuildTestMethod(method, suite, null);
        }
    }
}
