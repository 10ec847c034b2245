<?xml version="1.0" encoding="UTF-8"?>
<!-- The screens of an office: accounts, trust, ledger, what is kept. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:ih="urn:ihala:xslt" xmlns:p="urn:ihala:page:1"
    xmlns:l="urn:ihala:listing:1" exclude-result-prefixes="ih p l">
</xsl:stylesheet>
