using System;
using System.Collections.Generic;
using NUnit.Framework;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using NUnit.Framework.Internal.Builders;

namespace nanoFramework.TestFramework
{
    /// <summary>
    /// One call of a test, with arguments. They are passed as they are: where NUnit's own attribute would convert
    /// them, the launcher does not.
    /// </summary>
    [AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
    public class DataRowAttribute : NUnitAttribute, ITestBuilder
    {
        /// <summary>Makes a row.</summary>
        /// <param name="methodParameters">Integers, bool and short strings; others end the real launcher.</param>
        public DataRowAttribute(params object[] methodParameters)
        {
            MethodParameters = methodParameters;
        }

        /// <summary>The arguments.</summary>
        public object[] MethodParameters { get; }

        IEnumerable<TestMethod> ITestBuilder.BuildFrom(IMethodInfo method, Test suite)
        {
            yield return new NUnitTestCaseBuilder().BuildTestMethod(method, suite,
                new TestCaseParameters(MethodParameters));
        }
    }
}
