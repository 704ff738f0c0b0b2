using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using nanoFramework.TestFramework;
using NUnit.Framework;
using Assert = NUnit.Framework.Assert;

namespace NanoComm.Tests.Host.Framework
{
    /// <summary>What the device's launcher demands of the unit tests and does not say when it is missing. What their rows
    /// may hold is a contract test's affair.</summary>
    [TestFixture]
    public class UnitTestConventions
    {
        private static IEnumerable<Type> Types => typeof(Hex).Assembly.GetTypes();

        [Test]
        public void EveryClassWithTestsIsAPublicStaticTestClass()
        {
            Type[] classes = Types.Where(t => Methods(t).Any(IsTest)).ToArray();

            Assert.That(classes, Is.Not.Empty);
            Assert.That(
                classes.Where(t => !t.IsPublic || !t.IsAbstract || !t.IsSealed
                    || t.GetCustomAttribute<TestClassAttribute>() == null),
                Is.Empty);
        }

        [Test]
        public void EveryTestIsPublicStaticVoidAndMarkedWithTestMethod()
        {
            Assert.That(
                Types.SelectMany(Methods).Where(IsTest).Where(m => !m.IsPublic || !m.IsStatic
                    || m.ReturnType != typeof(void) || m.GetCustomAttribute<TestMethodAttribute>() == null
                    || (m.GetParameters().Length > 0 && !m.GetCustomAttributes<DataRowAttribute>().Any())),
                Is.Empty);
        }

        private static MethodInfo[] Methods(Type type)
        {
            return type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static
                | BindingFlags.Instance | BindingFlags.DeclaredOnly);
        }

        private static bool IsTest(MethodInfo method)
        {
            return method.GetCustomAttribute<TestMethodAttribute>() != null
                || method.GetCustomAttributes<DataRowAttribute>().Any();
        }
    }
}
