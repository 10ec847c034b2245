<?xml version="1.0" encoding="UTF-8"?>
<!-- For the person: everything that is held, in words, and what is left out
     and why (include/ihala/subject.h). -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:ih="urn:ihala:xslt" xmlns:s="urn:ihala:sources:1"
    xmlns:p="urn:ihala:copy:1"
    xmlns:c="urn:ihala:case:1" xmlns:a="urn:ihala:answers:1"
    xmlns:e="urn:ihala:assessment:1" xmlns:f="urn:ihala:framework:1"
    xmlns:i="urn:ihala:instrument:1" xmlns:m="urn:ihala:mechanism:1"
    xmlns:k="urn:ihala:consent:1" xmlns:r="urn:ihala:request:1"
    xmlns:v="urn:ihala:service:1" xmlns:l="urn:ihala:lifecycle:1"
    xmlns="urn:ihala:block:1" exclude-result-prefixes="ih s p c a e f i m k r v l">
  <!-- Its head, and how it says an answer, an indicator or a law. -->
  <xsl:import href="referral.xsl"/>
  <xsl:output method="xml" encoding="UTF-8"/>

  <xsl:variable name="copy" select="/s:sources/s:record/p:copy"/>
  <xsl:variable name="case" select="$copy/p:record/c:case"/>
  <xsl:variable name="consented" select="/s:sources/s:consents/k:consents"/>
  <xsl:variable name="frameworks" select="/s:sources/s:framework/f:framework"/>
  <xsl:variable name="catalogue" select="/s:sources/s:catalogue/v:services"/>
  <xsl:variable name="moves" select="/s:sources/s:catalogue/l:moves"/>
  <xsl:variable name="channels" select="/s:sources/s:catalogue/l:lifecycle/l:channel"/>

  <xsl:template match="/">
    <doc kind="copy" sheet="xslt/copy.xsl" reference="{$copy/@code}">
      <xsl:if test="$case/@training"><xsl:attribute name="training">true</xsl:attribute></xsl:if>
      <xsl:attribute name="title">
        <xsl:value-of select="concat(ih:word('document.page', $tongues[1]/@tag), ' ', $copy/@code)"/>
      </xsl:attribute>
      <xsl:call-template name="head"/>
      <title><xsl:call-template name="word"><xsl:with-param name="key" select="'copy.title'"/></xsl:call-template></title>
      <xsl:if test="$case/@training">
        <watermark><xsl:call-template name="word"><xsl:with-param name="key" select="'document.training'"/></xsl:call-template></watermark>
      </xsl:if>
      <xsl:call-template name="about"/>
      <p><xsl:call-template name="word"><xsl:with-param name="key" select="'copy.intro'"/></xsl:call-template></p>
      <note><xsl:call-template name="word"><xsl:with-param name="key" select="'copy.safe'"/></xsl:call-template></note>
      <xsl:call-template name="identity"/>
      <xsl:call-template name="asked-for"/>
      <xsl:call-template name="standing"/>
      <xsl:call-template name="interview"/>
      <xsl:call-template name="questions"/>
      <xsl:call-template name="rectifications"/>
      <xsl:call-template name="assessments"/>
      <xsl:call-template name="decisions"/>
      <xsl:call-template name="plan"/>
      <xsl:call-template name="flags"/>
      <xsl:call-template name="agreements"/>
      <xsl:call-template name="referrals"/>
      <xsl:call-template name="inquiries"/>
      <xsl:call-template name="letters"/>
      <xsl:call-template name="uses"/>
      <xsl:call-template name="steps"/>
      <xsl:call-template name="clocks"/>
      <xsl:call-template name="linked"/>
      <xsl:call-template name="kept"/>
      <xsl:call-template name="rights"/>
      <xsl:call-template name="withheld"/>
      <foot>
        <p><xsl:call-template name="word"><xsl:with-param name="key" select="'copy.foot'"/></xsl:call-template></p>
        <xsl:if test="$digest != ''">
          <digest>
            <xsl:call-template name="word"><xsl:with-param name="key" select="'document.digest'"/></xsl:call-template>
            <value><xsl:value-of select="concat(substring($digest, 1, 4), ' ', substring($digest, 5, 4), ' ', substring($digest, 9, 4), ' ', substring($digest, 13, 4))"/></value>
          </digest>
        </xsl:if>
      </foot>
    </doc>
  </xsl:template>

  <!-- ==== small pieces -->

  <!-- The word of a code; the code itself where there is none. -->
  <xsl:template name="word-or">
    <xsl:param name="key"/>
    <xsl:param name="code"/>
    <xsl:choose>
      <xsl:when test="ih:has-word($key)"><xsl:call-template name="word"><xsl:with-param name="key" select="$key"/></xsl:call-template></xsl:when>
      <xsl:otherwise><same><xsl:value-of select="$code"/></same></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="word-cell">
    <xsl:param name="key"/>
    <cell><xsl:call-template name="word"><xsl:with-param name="key" select="$key"/></xsl:call-template></cell>
  </xsl:template>

  <xsl:template name="date-cell">
    <xsl:param name="of"/>
    <cell>
      <xsl:choose>
        <xsl:when test="$of != ''"><xsl:call-template name="date"><xsl:with-param name="of" select="$of"/></xsl:call-template></xsl:when>
        <xsl:otherwise><same>—</same></xsl:otherwise>
      </xsl:choose>
    </cell>
  </xsl:template>

  <xsl:template name="date-field">
    <xsl:param name="key"/>
    <xsl:param name="of"/>
    <xsl:call-template name="field">
      <xsl:with-param name="key" select="$key"/>
      <xsl:with-param name="value"><xsl:call-template name="date"><xsl:with-param name="of" select="$of"/></xsl:call-template></xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="same-field">
    <xsl:param name="key"/>
    <xsl:param name="of"/>
    <xsl:call-template name="field">
      <xsl:with-param name="key" select="$key"/>
      <xsl:with-param name="value"><same><xsl:value-of select="$of"/></same></xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="word-field">
    <xsl:param name="key"/>
    <xsl:param name="of"/>
    <xsl:param name="code"/>
    <xsl:call-template name="field">
      <xsl:with-param name="key" select="$key"/>
      <xsl:with-param name="value"><xsl:call-template name="word-or"><xsl:with-param name="key" select="$of"/><xsl:with-param name="code" select="$code"/></xsl:call-template></xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- A committee, a body, or a country, as we know it. -->
  <xsl:template name="party">
    <xsl:param name="code"/>
    <xsl:variable name="body" select="$sender/m:body[@id = $code]/m:name"/>
    <xsl:choose>
      <xsl:when test="$code = 'any'"><xsl:call-template name="word"><xsl:with-param name="key" select="'document.recipient.any'"/></xsl:call-template></xsl:when>
      <xsl:when test="$sender[@code = $code]"><xsl:call-template name="texts"><xsl:with-param name="of" select="$sender/m:name"/></xsl:call-template></xsl:when>
      <xsl:when test="$body"><xsl:call-template name="texts"><xsl:with-param name="of" select="$body"/></xsl:call-template></xsl:when>
      <xsl:otherwise><xsl:call-template name="country"><xsl:with-param name="code" select="$code"/></xsl:call-template></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="country">
    <xsl:param name="code"/>
    <xsl:variable name="list" select="$instrument//i:item[@id = 'citizenship']/@choices"/>
    <xsl:variable name="known" select="$instrument/i:choices[@id = $list]/i:choice[@code = $code]"/>
    <xsl:choose>
      <xsl:when test="$code = 'any'"><xsl:call-template name="word"><xsl:with-param name="key" select="'copy.country.any'"/></xsl:call-template></xsl:when>
      <xsl:when test="$known"><xsl:call-template name="texts"><xsl:with-param name="of" select="$known"/></xsl:call-template></xsl:when>
      <xsl:otherwise><same><xsl:value-of select="$code"/></same></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Codes between spaces, each in its words, one after the other. -->
  <xsl:template name="listed">
    <xsl:param name="codes"/>
    <xsl:param name="room"/>
    <xsl:variable name="tongue" select="."/>
    <xsl:variable name="code" select="substring-before(concat(normalize-space($codes), ' '), ' ')"/>
    <xsl:variable name="rest" select="substring-after(normalize-space($codes), ' ')"/>
    <xsl:variable name="named" select="$consented/*[local-name() = $room][@id = $code]"/>
    <xsl:variable name="key" select="concat('copy.', $room, '.', $code)"/>
    <xsl:choose>
      <xsl:when test="$named"><xsl:call-template name="pick"><xsl:with-param name="of" select="$named"/></xsl:call-template></xsl:when>
      <xsl:when test="ih:has-word($key)"><xsl:value-of select="ih:word($key, $tongue/@tag)"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="ih:isolate($code)"/></xsl:otherwise>
    </xsl:choose>
    <xsl:if test="$rest != ''">
      <xsl:choose>
        <xsl:when test="@lang = 'ar'">، </xsl:when>
        <xsl:otherwise>, </xsl:otherwise>
      </xsl:choose>
      <xsl:call-template name="listed"><xsl:with-param name="codes" select="$rest"/><xsl:with-param name="room" select="$room"/></xsl:call-template>
    </xsl:if>
  </xsl:template>

  <xsl:template name="listed-field">
    <xsl:param name="key"/>
    <xsl:param name="codes"/>
    <xsl:param name="room"/>
    <xsl:call-template name="field">
      <xsl:with-param name="key" select="$key"/>
      <xsl:with-param name="value">
        <xsl:for-each select="$tongues">
          <xsl:call-template name="text">
            <xsl:with-param name="say"><xsl:call-template name="listed"><xsl:with-param name="codes" select="$codes"/><xsl:with-param name="room" select="$room"/></xsl:call-template></xsl:with-param>
          </xsl:call-template>
        </xsl:for-each>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- ==== what it is about -->

  <xsl:template name="about">
    <fields>
      <xsl:call-template name="same-field"><xsl:with-param name="key" select="'document.reference'"/><xsl:with-param name="of" select="$case/@code"/></xsl:call-template>
      <xsl:call-template name="date-line"><xsl:with-param name="of" select="$copy/@made"/></xsl:call-template>
      <xsl:call-template name="field">
        <xsl:with-param name="key" select="'copy.committee'"/>
        <xsl:with-param name="value"><xsl:call-template name="party"><xsl:with-param name="code" select="$case/@committee"/></xsl:call-template></xsl:with-param>
      </xsl:call-template>
      <xsl:call-template name="word-field"><xsl:with-param name="key" select="'document.subject'"/><xsl:with-param name="of" select="'copy.subject'"/></xsl:call-template>
      <xsl:call-template name="date-field"><xsl:with-param name="key" select="'copy.opened'"/><xsl:with-param name="of" select="$case/@opened"/></xsl:call-template>
      <xsl:if test="$copy/@origin">
        <xsl:call-template name="field">
          <xsl:with-param name="key" select="'copy.origin'"/>
          <xsl:with-param name="value"><xsl:call-template name="party"><xsl:with-param name="code" select="$copy/@origin"/></xsl:call-template></xsl:with-param>
        </xsl:call-template>
      </xsl:if>
      <xsl:for-each select="$case/@pseudonym | $copy/@their-code">
        <xsl:call-template name="same-field"><xsl:with-param name="key" select="'copy.pseudonym'"/><xsl:with-param name="of" select="."/></xsl:call-template>
      </xsl:for-each>
      <xsl:for-each select="$case/@profile">
        <xsl:call-template name="word-field"><xsl:with-param name="key" select="'copy.profile'"/><xsl:with-param name="of" select="concat('document.purpose.', .)"/><xsl:with-param name="code" select="."/></xsl:call-template>
      </xsl:for-each>
      <xsl:call-template name="same-field"><xsl:with-param name="key" select="'copy.version'"/><xsl:with-param name="of" select="$case/@version"/></xsl:call-template>
    </fields>
  </xsl:template>

  <!-- ==== questions and answers -->

  <xsl:template name="question">
    <xsl:param name="item"/>
    <xsl:call-template name="titled">
      <xsl:with-param name="of" select="$instrument//i:item[@id = $item]/i:question"/>
      <xsl:with-param name="id" select="$item"/>
    </xsl:call-template>
  </xsl:template>

  <!-- What was answered, or why there is no answer; of $answer. -->
  <xsl:template name="answered">
    <xsl:param name="answer"/>
    <xsl:variable name="item" select="$instrument//i:item[@id = $answer/@item]"/>
    <xsl:choose>
      <xsl:when test="$answer/@state">
        <xsl:call-template name="word"><xsl:with-param name="key" select="concat('copy.state.', $answer/@state)"/></xsl:call-template>
      </xsl:when>
      <xsl:when test="$item/@choices">
        <xsl:for-each select="$tongues">
          <xsl:call-template name="text">
            <xsl:with-param name="say">
              <xsl:call-template name="joined">
                <xsl:with-param name="item" select="$answer/@item"/>
                <xsl:with-param name="values" select="$answer/a:value"/>
              </xsl:call-template>
            </xsl:with-param>
          </xsl:call-template>
        </xsl:for-each>
      </xsl:when>
      <xsl:when test="$item/@type = 'date'"><xsl:call-template name="date"><xsl:with-param name="of" select="$answer/a:value"/></xsl:call-template></xsl:when>
      <xsl:otherwise><same><xsl:value-of select="$answer/a:value"/></same></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="answer-table">
    <xsl:param name="answers"/>
    <table>
      <row>
        <xsl:call-template name="word-cell"><xsl:with-param name="key" select="'copy.question'"/></xsl:call-template>
        <xsl:call-template name="word-cell"><xsl:with-param name="key" select="'copy.answer'"/></xsl:call-template>
        <xsl:call-template name="word-cell"><xsl:with-param name="key" select="'copy.by'"/></xsl:call-template>
      </row>
      <xsl:for-each select="$answers">
        <row>
          <cell><xsl:call-template name="question"><xsl:with-param name="item" select="@item"/></xsl:call-template></cell>
          <cell><xsl:call-template name="answered"><xsl:with-param name="answer" select="."/></xsl:call-template></cell>
          <cell>
            <xsl:choose>
              <xsl:when test="@by"><xsl:call-template name="word"><xsl:with-param name="key" select="concat('copy.by.', @by)"/></xsl:call-template></xsl:when>
              <xsl:otherwise><same>—</same></xsl:otherwise>
            </xsl:choose>
          </cell>
        </row>
      </xsl:for-each>
    </table>
  </xsl:template>

  <xsl:template name="identity">
    <xsl:call-template name="h"><xsl:with-param name="key" select="'copy.identity'"/></xsl:call-template>
    <xsl:choose>
      <xsl:when test="$case/c:identity/a:answer">
        <xsl:call-template name="answer-table"><xsl:with-param name="answers" select="$case/c:identity/a:answer"/></xsl:call-template>
      </xsl:when>
      <xsl:otherwise><p><xsl:call-template name="word"><xsl:with-param name="key" select="'copy.identity.none'"/></xsl:call-template></p></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- ==== that help was asked for -->

  <xsl:template name="asked-for">
    <xsl:if test="$copy/p:request">
      <xsl:call-template name="h"><xsl:with-param name="key" select="'copy.request'"/></xsl:call-template>
      <xsl:for-each select="$copy/p:request">
        <fields>
          <xsl:call-template name="same-field"><xsl:with-param name="key" select="'document.reference'"/><xsl:with-param name="of" select="@code"/></xsl:call-template>
          <xsl:call-template name="date-field"><xsl:with-param name="key" select="'document.date'"/><xsl:with-param name="of" select="@day"/></xsl:call-template>
          <xsl:call-template name="named-field"><xsl:with-param name="key" select="'request.field.channel'"/><xsl:with-param name="id" select="@channel"/><xsl:with-param name="of" select="$channels[@id = current()/@channel]"/></xsl:call-template>
          <xsl:call-template name="said-field"><xsl:with-param name="what" select="'danger'"/><xsl:with-param name="room" select="'request.said'"/><xsl:with-param name="of" select="@danger"/></xsl:call-template>
          <xsl:apply-templates select="r:request | r:identity/r:* | p:redirected"/>
        </fields>
        <xsl:if test="not(r:request)"><p><xsl:call-template name="word"><xsl:with-param name="key" select="'copy.request.gone'"/></xsl:call-template></p></xsl:if>
      </xsl:for-each>
    </xsl:if>
  </xsl:template>

  <!-- A word of ROOM where it is one, else what stands there. -->
  <xsl:template name="said-field">
    <xsl:param name="what"/>
    <xsl:param name="room"/>
    <xsl:param name="of"/>
    <xsl:if test="$of"><xsl:call-template name="word-field"><xsl:with-param name="key" select="concat('request.field.', $what)"/><xsl:with-param name="of" select="concat($room, '.', $of)"/><xsl:with-param name="code" select="normalize-space($of)"/></xsl:call-template></xsl:if>
  </xsl:template>

  <xsl:template match="r:request">
    <xsl:if test="@through">
      <xsl:call-template name="field"><xsl:with-param name="key" select="'request.field.through'"/><xsl:with-param name="value"><xsl:call-template name="party"><xsl:with-param name="code" select="@through"/></xsl:call-template></xsl:with-param></xsl:call-template>
    </xsl:if>
    <xsl:call-template name="said-field"><xsl:with-param name="what" select="'language'"/><xsl:with-param name="room" select="'document.language'"/><xsl:with-param name="of" select="@language"/></xsl:call-template>
    <xsl:call-template name="said-field"><xsl:with-param name="what" select="'asks'"/><xsl:with-param name="room" select="'request.asks'"/><xsl:with-param name="of" select="@asks"/></xsl:call-template>
    <xsl:call-template name="said-field"><xsl:with-param name="what" select="'contact'"/><xsl:with-param name="room" select="'request.said'"/><xsl:with-param name="of" select="r:contact/@safe"/></xsl:call-template>
    <xsl:if test="r:contact/@how"><xsl:call-template name="listed-field"><xsl:with-param name="key" select="'request.field.how'"/><xsl:with-param name="codes" select="r:contact/@how"/><xsl:with-param name="room" select="'contact'"/></xsl:call-template></xsl:if>
    <xsl:call-template name="said-field"><xsl:with-param name="what" select="'when'"/><xsl:with-param name="of" select="r:contact/@when"/></xsl:call-template>
    <xsl:call-template name="said-field"><xsl:with-param name="what" select="'about'"/><xsl:with-param name="of" select="r:about"/></xsl:call-template>
    <!-- what was answered is the interview of the case -->
    <xsl:for-each select="r:interview">
      <xsl:call-template name="said-field"><xsl:with-param name="what" select="'origin'"/><xsl:with-param name="room" select="'request.origin'"/><xsl:with-param name="of" select="@origin"/></xsl:call-template>
      <xsl:call-template name="said-field"><xsl:with-param name="what" select="'entered'"/><xsl:with-param name="of" select="@entered"/></xsl:call-template>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="r:name | r:phone | r:place">
    <xsl:call-template name="said-field"><xsl:with-param name="what" select="local-name()"/><xsl:with-param name="of" select="."/></xsl:call-template>
  </xsl:template>

  <xsl:template match="p:redirected">
    <xsl:call-template name="field"><xsl:with-param name="key" select="'request.field.redirected'"/><xsl:with-param name="value"><xsl:call-template name="party"><xsl:with-param name="code" select="@to"/></xsl:call-template></xsl:with-param></xsl:call-template>
    <xsl:call-template name="said-field"><xsl:with-param name="what" select="'reason'"/><xsl:with-param name="of" select="."/></xsl:call-template>
  </xsl:template>

  <xsl:template name="interview">
    <xsl:variable name="of" select="$case/a:answers/a:interview"/>
    <xsl:call-template name="h"><xsl:with-param name="key" select="'copy.interview'"/></xsl:call-template>
    <fields>
      <xsl:call-template name="date-field"><xsl:with-param name="key" select="'copy.interview.date'"/><xsl:with-param name="of" select="$of/@date"/></xsl:call-template>
      <xsl:call-template name="field">
        <xsl:with-param name="key" select="'copy.committee'"/>
        <xsl:with-param name="value"><xsl:call-template name="party"><xsl:with-param name="code" select="$of/@committee"/></xsl:call-template></xsl:with-param>
      </xsl:call-template>
      <xsl:call-template name="word-field"><xsl:with-param name="key" select="'copy.interview.channel'"/><xsl:with-param name="of" select="concat('copy.channel.', $of/@channel)"/><xsl:with-param name="code" select="$of/@channel"/></xsl:call-template>
      <xsl:call-template name="word-field"><xsl:with-param name="key" select="'copy.interview.language'"/><xsl:with-param name="of" select="concat('document.language.', $of/@language)"/><xsl:with-param name="code" select="$of/@language"/></xsl:call-template>
      <xsl:if test="$of/@area"><xsl:call-template name="same-field"><xsl:with-param name="key" select="'copy.interview.area'"/><xsl:with-param name="of" select="$of/@area"/></xsl:call-template></xsl:if>
    </fields>
    <xsl:if test="$of/@stopped"><p><xsl:call-template name="word"><xsl:with-param name="key" select="'copy.interview.stopped'"/></xsl:call-template></p></xsl:if>
  </xsl:template>

  <xsl:template name="questions">
    <xsl:if test="$case/a:answers/a:answer">
      <xsl:call-template name="h"><xsl:with-param name="key" select="'copy.questions'"/></xsl:call-template>
      <xsl:call-template name="answer-table"><xsl:with-param name="answers" select="$case/a:answers/a:answer"/></xsl:call-template>
    </xsl:if>
  </xsl:template>

  <!-- ==== what was put right, and what was not -->

  <xsl:template name="rectifications">
    <xsl:variable name="all" select="$case/c:identity/c:rectification | $case/c:rectification"/>
    <xsl:if test="$all">
      <xsl:call-template name="h"><xsl:with-param name="key" select="'copy.rectifications'"/></xsl:call-template>
      <xsl:for-each select="$all">
        <fields>
          <xsl:call-template name="field">
            <xsl:with-param name="key" select="'copy.question'"/>
            <xsl:with-param name="value"><xsl:call-template name="question"><xsl:with-param name="item" select="@item"/></xsl:call-template></xsl:with-param>
          </xsl:call-template>
          <xsl:call-template name="word-field"><xsl:with-param name="key" select="'copy.now'"/><xsl:with-param name="of" select="concat('copy.rectification.', @outcome)"/><xsl:with-param name="code" select="@outcome"/></xsl:call-template>
          <xsl:call-template name="field">
            <xsl:with-param name="key" select="'copy.rectification.was'"/>
            <xsl:with-param name="value">
              <xsl:choose>
                <xsl:when test="c:was"><xsl:call-template name="answered"><xsl:with-param name="answer" select="c:was/a:answer"/></xsl:call-template></xsl:when>
                <xsl:otherwise><xsl:call-template name="word"><xsl:with-param name="key" select="'copy.state.blank'"/></xsl:call-template></xsl:otherwise>
              </xsl:choose>
            </xsl:with-param>
          </xsl:call-template>
          <xsl:if test="c:asked"><xsl:call-template name="same-field"><xsl:with-param name="key" select="'copy.rectification.asked'"/><xsl:with-param name="of" select="c:asked"/></xsl:call-template></xsl:if>
          <xsl:call-template name="date-field"><xsl:with-param name="key" select="'document.date'"/><xsl:with-param name="of" select="@date"/></xsl:call-template>
          <xsl:call-template name="word-field"><xsl:with-param name="key" select="'copy.rectification.by'"/><xsl:with-param name="of" select="concat('copy.asked-by.', @asked-by)"/><xsl:with-param name="code" select="@asked-by"/></xsl:call-template>
          <xsl:call-template name="same-field"><xsl:with-param name="key" select="'copy.rectification.why'"/><xsl:with-param name="of" select="c:why"/></xsl:call-template>
        </fields>
      </xsl:for-each>
    </xsl:if>
  </xsl:template>

  <!-- ==== what the answers point to -->

  <xsl:template name="assessments">
    <xsl:if test="$case/e:assessment">
      <xsl:call-template name="h"><xsl:with-param name="key" select="'copy.assessment'"/></xsl:call-template>
      <p><xsl:call-template name="word"><xsl:with-param name="key" select="'copy.assessment.is'"/></xsl:call-template></p>
      <note><xsl:call-template name="word"><xsl:with-param name="key" select="'copy.assessment.is-not'"/></xsl:call-template></note>
      <xsl:apply-templates select="$case/e:assessment"/>
    </xsl:if>
  </xsl:template>

  <xsl:template match="e:assessment">
    <xsl:variable name="of" select="$frameworks[@id = current()/@framework]"/>
    <fields>
      <xsl:call-template name="field">
        <xsl:with-param name="key" select="'copy.framework'"/>
        <xsl:with-param name="value"><xsl:call-template name="titled"><xsl:with-param name="of" select="$of/f:title"/><xsl:with-param name="id" select="@framework"/></xsl:call-template></xsl:with-param>
      </xsl:call-template>
      <xsl:call-template name="word-field"><xsl:with-param name="key" select="'document.outcome'"/><xsl:with-param name="of" select="concat('document.outcome.', e:outcome/@level)"/><xsl:with-param name="code" select="e:outcome/@level"/></xsl:call-template>
    </fields>
    <xsl:call-template name="rows-named"><xsl:with-param name="key" select="'copy.urgent'"/><xsl:with-param name="of" select="e:urgent"/><xsl:with-param name="rows" select="$of//f:row"/></xsl:call-template>
    <xsl:if test="following-sibling::e:assessment[@framework = current()/@framework]">
      <p><xsl:call-template name="word"><xsl:with-param name="key" select="'copy.earlier'"/></xsl:call-template></p>
    </xsl:if>
    <xsl:if test="e:outcome/@withheld"><p><xsl:call-template name="word"><xsl:with-param name="key" select="'copy.withheld-outcome'"/></xsl:call-template></p></xsl:if>
    <!-- a lower row may say "so far" of what a higher one found -->
    <xsl:variable name="rows" select="($of/f:outcome-rule/f:row | $of/f:any-rule/f:row | $of/f:points-rule/f:band)[@id = current()/e:outcome/e:row/@id]"/>
    <xsl:if test="$rows">
      <list><xsl:for-each select="$rows[@level = 'indicated' or not($rows/@level = 'indicated')]"><item><xsl:call-template name="texts"><xsl:with-param name="of" select="."/></xsl:call-template></item></xsl:for-each></list>
    </xsl:if>
    <xsl:call-template name="dimensions"><xsl:with-param name="of" select="$of"/></xsl:call-template>
    <xsl:call-template name="found"><xsl:with-param name="of" select="$of"/></xsl:call-template>
    <xsl:call-template name="rows-named"><xsl:with-param name="key" select="'copy.contradiction'"/><xsl:with-param name="of" select="e:contradiction"/><xsl:with-param name="rows" select="$of//f:row"/></xsl:call-template>
    <xsl:call-template name="items"><xsl:with-param name="key" select="'copy.contradiction.of'"/><xsl:with-param name="of" select="e:contradiction/e:because/@item"/></xsl:call-template>
    <xsl:call-template name="items"><xsl:with-param name="key" select="'copy.settle'"/><xsl:with-param name="of" select="e:settle/@item"/></xsl:call-template>
    <xsl:call-template name="items"><xsl:with-param name="key" select="'copy.skipped'"/><xsl:with-param name="of" select="e:skipped/@item"/></xsl:call-template>
    <xsl:variable name="open" select="e:unanswered/@blank + e:unanswered/@unknown + e:unanswered/@refused"/>
    <xsl:if test="$open &gt; 0">
      <p><xsl:call-template name="word"><xsl:with-param name="key" select="'document.unanswered'"/><xsl:with-param name="with" select="string($open)"/></xsl:call-template></p>
    </xsl:if>
    <xsl:if test="@framework-status != 'verified'"><p><xsl:call-template name="word"><xsl:with-param name="key" select="'document.provisional'"/></xsl:call-template></p></xsl:if>
  </xsl:template>

  <!-- Rows of the framework, below a line that says why they are named; where
       one may be so or not, that is said. -->
  <xsl:template name="rows-named">
    <xsl:param name="key"/>
    <xsl:param name="of"/>
    <xsl:param name="rows"/>
    <xsl:if test="$of">
      <p><xsl:call-template name="word"><xsl:with-param name="key" select="$key"/></xsl:call-template></p>
      <list>
        <xsl:for-each select="$of">
          <xsl:variable name="one" select="."/>
          <item>
            <xsl:for-each select="$tongues">
              <xsl:call-template name="text">
                <xsl:with-param name="say">
                  <xsl:call-template name="pick"><xsl:with-param name="of" select="$rows[@id = $one/@row]"/></xsl:call-template>
                  <xsl:if test="$one/@present = 'undetermined'"><xsl:value-of select="concat(' (', ih:word('copy.urgent.undetermined', @tag), ')')"/></xsl:if>
                </xsl:with-param>
              </xsl:call-template>
            </xsl:for-each>
          </item>
        </xsl:for-each>
      </list>
    </xsl:if>
  </xsl:template>

  <xsl:template name="dimensions">
    <xsl:param name="of"/>
    <xsl:if test="e:dimension">
      <table>
        <row>
          <xsl:call-template name="word-cell"><xsl:with-param name="key" select="'document.criterion'"/></xsl:call-template>
          <xsl:call-template name="word-cell"><xsl:with-param name="key" select="'document.finding'"/></xsl:call-template>
        </row>
        <xsl:for-each select="e:dimension">
          <row>
            <cell><xsl:call-template name="titled"><xsl:with-param name="of" select="$of/f:dimension[@id = current()/@id]/f:title"/><xsl:with-param name="id" select="@id"/></xsl:call-template></cell>
            <cell><xsl:call-template name="word"><xsl:with-param name="key" select="concat('document.dimension.', @positive)"/></xsl:call-template></cell>
          </row>
        </xsl:for-each>
      </table>
    </xsl:if>
  </xsl:template>

  <xsl:template name="found">
    <xsl:param name="of"/>
    <xsl:variable name="present" select="e:dimension/e:indicator"/>
    <xsl:if test="$present">
      <table>
        <row>
          <xsl:call-template name="word-cell"><xsl:with-param name="key" select="'document.indicator'"/></xsl:call-template>
          <xsl:call-template name="word-cell"><xsl:with-param name="key" select="'document.finding'"/></xsl:call-template>
          <xsl:call-template name="word-cell"><xsl:with-param name="key" select="'document.because'"/></xsl:call-template>
        </row>
        <xsl:for-each select="$present">
          <row>
            <cell><xsl:call-template name="titled"><xsl:with-param name="of" select="$of/f:dimension/f:indicator[@id = current()/@id]"/><xsl:with-param name="id" select="@id"/></xsl:call-template></cell>
            <cell><xsl:call-template name="word"><xsl:with-param name="key" select="concat('document.dimension.', @present)"/></xsl:call-template></cell>
            <cell>
              <xsl:choose>
                <xsl:when test="e:because"><xsl:call-template name="question"><xsl:with-param name="item" select="e:because[1]/@item"/></xsl:call-template></xsl:when>
                <xsl:otherwise><same>—</same></xsl:otherwise>
              </xsl:choose>
            </cell>
          </row>
        </xsl:for-each>
      </table>
    </xsl:if>
  </xsl:template>

  <!-- Questions, each once, below a line that says why they are named. -->
  <xsl:template name="items">
    <xsl:param name="key"/>
    <xsl:param name="of"/>
    <xsl:if test="$of">
      <p><xsl:call-template name="word"><xsl:with-param name="key" select="$key"/></xsl:call-template></p>
      <list>
        <xsl:for-each select="$of">
          <item>
            <xsl:variable name="item" select="."/>
            <xsl:for-each select="$tongues">
              <xsl:call-template name="text">
                <xsl:with-param name="say"><xsl:call-template name="pick"><xsl:with-param name="of" select="$instrument//i:item[@id = $item]/i:question"/></xsl:call-template></xsl:with-param>
              </xsl:call-template>
            </xsl:for-each>
          </item>
        </xsl:for-each>
      </list>
    </xsl:if>
  </xsl:template>

  <!-- ==== where it stands, and how it came there -->

  <xsl:template name="state">
    <xsl:param name="axis"/>
    <xsl:param name="state"/>
    <xsl:choose>
      <xsl:when test="$state = 'none'"><xsl:call-template name="word"><xsl:with-param name="key" select="'copy.state.none'"/></xsl:call-template></xsl:when>
      <xsl:when test="$axis = 'determination' or $axis = 'consent'">
        <xsl:call-template name="word-or"><xsl:with-param name="key" select="concat('document.', $axis, '.', $state)"/><xsl:with-param name="code" select="$state"/></xsl:call-template>
      </xsl:when>
      <xsl:otherwise>
        <xsl:call-template name="word-or"><xsl:with-param name="key" select="concat('copy.', $axis, '.', $state)"/><xsl:with-param name="code" select="$state"/></xsl:call-template>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- As the steps say; the record keeps where it was when it was written. -->
  <xsl:template name="standing">
    <xsl:call-template name="h"><xsl:with-param name="key" select="'copy.status'"/></xsl:call-template>
    <fields>
      <xsl:for-each select="$case/c:status/@*">
        <xsl:variable name="axis" select="local-name()"/>
        <xsl:variable name="last" select="$copy/p:step[@axis = $axis][last()]/@to"/>
        <xsl:call-template name="field">
          <xsl:with-param name="key" select="concat('copy.axis.', $axis)"/>
          <xsl:with-param name="value">
            <xsl:call-template name="state">
              <xsl:with-param name="axis" select="$axis"/>
              <xsl:with-param name="state"><xsl:choose><xsl:when test="$last"><xsl:value-of select="$last"/></xsl:when><xsl:otherwise><xsl:value-of select="."/></xsl:otherwise></xsl:choose></xsl:with-param>
            </xsl:call-template>
          </xsl:with-param>
        </xsl:call-template>
      </xsl:for-each>
    </fields>
  </xsl:template>

  <xsl:template name="steps">
    <xsl:if test="$copy/p:step">
      <xsl:call-template name="h"><xsl:with-param name="key" select="'copy.steps'"/></xsl:call-template>
      <table>
        <row>
          <xsl:call-template name="word-cell"><xsl:with-param name="key" select="'copy.day'"/></xsl:call-template>
          <xsl:call-template name="word-cell"><xsl:with-param name="key" select="'copy.what'"/></xsl:call-template>
          <xsl:call-template name="word-cell"><xsl:with-param name="key" select="'copy.now'"/></xsl:call-template>
        </row>
        <xsl:for-each select="$copy/p:step">
          <xsl:variable name="event" select="concat('copy.event.', @event)"/>
          <row>
            <xsl:call-template name="date-cell"><xsl:with-param name="of" select="@day"/></xsl:call-template>
            <xsl:call-template name="word-cell"><xsl:with-param name="key" select="concat('copy.axis.', @axis)"/></xsl:call-template>
            <cell>
              <xsl:choose>
                <xsl:when test="ih:has-word($event)"><xsl:call-template name="word"><xsl:with-param name="key" select="$event"/></xsl:call-template></xsl:when>
                <xsl:otherwise><xsl:call-template name="state"><xsl:with-param name="axis" select="@axis"/><xsl:with-param name="state" select="@to"/></xsl:call-template></xsl:otherwise>
              </xsl:choose>
            </cell>
          </row>
        </xsl:for-each>
      </table>
    </xsl:if>
  </xsl:template>

  <xsl:template name="clocks">
    <xsl:if test="$copy/p:clock">
      <xsl:call-template name="h"><xsl:with-param name="key" select="'copy.clocks'"/></xsl:call-template>
      <table>
        <row>
          <xsl:call-template name="word-cell"><xsl:with-param name="key" select="'copy.what'"/></xsl:call-template>
          <xsl:call-template name="word-cell"><xsl:with-param name="key" select="'copy.clock.from'"/></xsl:call-template>
          <xsl:call-template name="word-cell"><xsl:with-param name="key" select="'copy.clock.until'"/></xsl:call-template>
          <xsl:call-template name="word-cell"><xsl:with-param name="key" select="'copy.now'"/></xsl:call-template>
        </row>
        <xsl:for-each select="$copy/p:clock">
          <row>
            <cell><xsl:call-template name="texts"><xsl:with-param name="of" select="."/></xsl:call-template></cell>
            <xsl:call-template name="date-cell"><xsl:with-param name="of" select="@started"/></xsl:call-template>
            <xsl:call-template name="date-cell"><xsl:with-param name="of" select="@due"/></xsl:call-template>
            <xsl:call-template name="word-cell"><xsl:with-param name="key" select="concat('work.state.', @state)"/></xsl:call-template>
          </row>
        </xsl:for-each>
      </table>
    </xsl:if>
    <xsl:if test="$copy/p:delay">
      <p><xsl:call-template name="word"><xsl:with-param name="key" select="'copy.delays'"/></xsl:call-template></p>
      <table>
        <row>
          <xsl:call-template name="word-cell"><xsl:with-param name="key" select="'copy.day'"/></xsl:call-template>
          <xsl:call-template name="word-cell"><xsl:with-param name="key" select="'copy.what'"/></xsl:call-template>
        </row>
        <xsl:for-each select="$copy/p:delay">
          <row>
            <xsl:call-template name="date-cell"><xsl:with-param name="of" select="@day"/></xsl:call-template>
            <cell><same><xsl:value-of select="normalize-space(.)"/></same></cell>
          </row>
        </xsl:for-each>
      </table>
    </xsl:if>
  </xsl:template>

  <xsl:template name="decisions">
    <xsl:variable name="entries" select="$case/c:determination | $case/c:proposed | $case/c:served | $case/c:reconsideration"/>
    <xsl:if test="$entries">
      <xsl:call-template name="h"><xsl:with-param name="key" select="'copy.determinations'"/></xsl:call-template>
      <p><xsl:call-template name="word"><xsl:with-param name="key" select="'copy.decided.rights'"/></xsl:call-template></p>
      <xsl:for-each select="$entries"><fields><xsl:apply-templates select="."/></fields></xsl:for-each>
    </xsl:if>
  </xsl:template>

  <!-- Which entry it is, and which one it is about. -->
  <xsl:template name="entry">
    <xsl:variable name="about" select="@of | @supersedes"/>
    <xsl:call-template name="word-field"><xsl:with-param name="key" select="'column.what'"/><xsl:with-param name="of" select="concat('decided.kind.', local-name())"/><xsl:with-param name="code" select="local-name()"/></xsl:call-template>
    <xsl:if test="@number"><xsl:call-template name="same-field"><xsl:with-param name="key" select="'copy.decided.number'"/><xsl:with-param name="of" select="@number"/></xsl:call-template></xsl:if>
    <xsl:if test="$about"><xsl:call-template name="same-field"><xsl:with-param name="key" select="concat('copy.decided.', local-name($about))"/><xsl:with-param name="of" select="$about"/></xsl:call-template></xsl:if>
    <xsl:call-template name="date-field"><xsl:with-param name="key" select="'document.date'"/><xsl:with-param name="of" select="@date"/></xsl:call-template>
  </xsl:template>

  <xsl:template name="entry-until">
    <xsl:if test="@until"><xsl:call-template name="date-field"><xsl:with-param name="key" select="concat('copy.decided.until.', local-name())"/><xsl:with-param name="of" select="@until"/></xsl:call-template></xsl:if>
  </xsl:template>

  <xsl:template name="entry-why">
    <xsl:if test="c:grounds"><xsl:call-template name="same-field"><xsl:with-param name="key" select="'copy.decided.grounds'"/><xsl:with-param name="of" select="normalize-space(c:grounds)"/></xsl:call-template></xsl:if>
    <xsl:if test="c:differs"><xsl:call-template name="same-field"><xsl:with-param name="key" select="'column.differs'"/><xsl:with-param name="of" select="normalize-space(c:differs)"/></xsl:call-template></xsl:if>
  </xsl:template>

  <!-- What comes next in the list makes of a proposal what it is. -->
  <xsl:template match="c:determination | c:proposed">
    <xsl:variable name="next" select="following-sibling::*[self::c:determination or self::c:proposed or self::c:served or self::c:reconsideration][1]"/>
    <xsl:call-template name="entry"/>
    <xsl:call-template name="word-field"><xsl:with-param name="key" select="'document.determination'"/><xsl:with-param name="of" select="concat('document.determination.', @state)"/><xsl:with-param name="code" select="@state"/></xsl:call-template>
    <xsl:call-template name="word-field">
      <xsl:with-param name="key" select="'copy.now'"/>
      <xsl:with-param name="of">
        <xsl:choose>
          <xsl:when test="self::c:proposed and $next/self::c:determination">copy.decided.signed</xsl:when>
          <xsl:when test="self::c:proposed and $next">copy.decided.lapsed</xsl:when>
          <xsl:when test="self::c:proposed">copy.decided.waits</xsl:when>
          <xsl:when test="following-sibling::c:determination">copy.decided.replaced</xsl:when>
          <xsl:otherwise>copy.decided.counts</xsl:otherwise>
        </xsl:choose>
      </xsl:with-param>
    </xsl:call-template>
    <xsl:call-template name="field">
      <xsl:with-param name="key" select="'document.body'"/>
      <xsl:with-param name="value"><xsl:call-template name="party"><xsl:with-param name="code" select="@body"/></xsl:call-template></xsl:with-param>
    </xsl:call-template>
    <xsl:if test="@law">
      <xsl:call-template name="field">
        <xsl:with-param name="key" select="'copy.decided.law'"/>
        <xsl:with-param name="value"><xsl:call-template name="titled"><xsl:with-param name="of" select="$sender/m:law[@id = current()/@law]"/><xsl:with-param name="id" select="@law"/></xsl:call-template></xsl:with-param>
      </xsl:call-template>
    </xsl:if>
    <xsl:call-template name="same-field"><xsl:with-param name="key" select="'document.article'"/><xsl:with-param name="of" select="@article"/></xsl:call-template>
    <xsl:call-template name="entry-why"/>
    <xsl:call-template name="entry-until"/>
  </xsl:template>

  <xsl:template match="c:served">
    <xsl:call-template name="entry"/>
    <xsl:call-template name="word-field"><xsl:with-param name="key" select="'copy.decided.how'"/><xsl:with-param name="of" select="concat('copy.how.', @how)"/><xsl:with-param name="code" select="@how"/></xsl:call-template>
    <xsl:call-template name="word-field"><xsl:with-param name="key" select="'copy.decided.language'"/><xsl:with-param name="of" select="concat('document.language.', @language)"/><xsl:with-param name="code" select="@language"/></xsl:call-template>
    <xsl:if test="@with"><xsl:call-template name="listed-field"><xsl:with-param name="key" select="'copy.consent.with'"/><xsl:with-param name="codes" select="@with"/><xsl:with-param name="room" select="'with'"/></xsl:call-template></xsl:if>
    <xsl:call-template name="entry-until"/>
  </xsl:template>

  <xsl:template match="c:reconsideration">
    <xsl:call-template name="entry"/>
    <xsl:call-template name="word-field"><xsl:with-param name="key" select="'copy.rectification.by'"/><xsl:with-param name="of" select="concat('copy.asked-by.', @asked)"/><xsl:with-param name="code" select="@asked"/></xsl:call-template>
    <xsl:call-template name="entry-why"/>
    <xsl:call-template name="entry-until"/>
  </xsl:template>

  <!-- ==== what is needed, and what came of it -->

  <!-- A pattern of the catalogue that takes a day. -->
  <xsl:template name="dated">
    <xsl:param name="key"/>
    <xsl:param name="of"/>
    <xsl:for-each select="$tongues">
      <xsl:call-template name="text"><xsl:with-param name="say" select="ih:say($key, @tag, ih:date($of, @tag))"/></xsl:call-template>
    </xsl:for-each>
  </xsl:template>

  <xsl:template name="named-field">
    <xsl:param name="key"/>
    <xsl:param name="id"/>
    <xsl:param name="of"/>
    <xsl:if test="$id">
      <xsl:call-template name="field">
        <xsl:with-param name="key" select="$key"/>
        <xsl:with-param name="value"><xsl:call-template name="titled"><xsl:with-param name="of" select="$of"/><xsl:with-param name="id" select="$id"/></xsl:call-template></xsl:with-param>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <xsl:template name="plan">
    <xsl:if test="$case/c:plan">
      <xsl:call-template name="h"><xsl:with-param name="key" select="'copy.plan'"/></xsl:call-template>
      <p><xsl:call-template name="word"><xsl:with-param name="key" select="'copy.plan.is'"/></xsl:call-template></p>
      <xsl:for-each select="$case/c:plan/c:item"><fields><xsl:apply-templates select="."/></fields></xsl:for-each>
      <xsl:for-each select="$case/c:plan/@review">
        <p><xsl:call-template name="dated"><xsl:with-param name="key" select="'plan.review'"/><xsl:with-param name="of" select="."/></xsl:call-template></p>
      </xsl:for-each>
      <xsl:call-template name="views"/>
    </xsl:if>
  </xsl:template>

  <xsl:template match="c:item">
    <xsl:call-template name="named-field"><xsl:with-param name="key" select="'column.need'"/><xsl:with-param name="id" select="@need"/><xsl:with-param name="of" select="$catalogue/v:need[@id = current()/@need]"/></xsl:call-template>
    <xsl:call-template name="named-field"><xsl:with-param name="key" select="'column.service'"/><xsl:with-param name="id" select="@service"/><xsl:with-param name="of" select="$catalogue/v:service[@id = current()/@service]/v:name"/></xsl:call-template>
    <xsl:call-template name="named-field"><xsl:with-param name="key" select="'column.provider'"/><xsl:with-param name="id" select="@provider"/><xsl:with-param name="of" select="$copy/p:provider[@id = current()/@provider]"/></xsl:call-template>
    <xsl:if test="c:objective"><xsl:call-template name="same-field"><xsl:with-param name="key" select="'column.objective'"/><xsl:with-param name="of" select="normalize-space(c:objective)"/></xsl:call-template></xsl:if>
    <xsl:if test="@due"><xsl:call-template name="date-field"><xsl:with-param name="key" select="'copy.clock.until'"/><xsl:with-param name="of" select="@due"/></xsl:call-template></xsl:if>
    <xsl:call-template name="named-field"><xsl:with-param name="key" select="'copy.now'"/><xsl:with-param name="id" select="@state"/><xsl:with-param name="of" select="$moves/l:state[@id = current()/@state]"/></xsl:call-template>
    <xsl:call-template name="named-field"><xsl:with-param name="key" select="'copy.plan.cause'"/><xsl:with-param name="id" select="@cause"/><xsl:with-param name="of" select="$catalogue/v:cause[@id = current()/@cause]"/></xsl:call-template>
    <xsl:call-template name="named-field"><xsl:with-param name="key" select="'column.result'"/><xsl:with-param name="id" select="@result"/><xsl:with-param name="of" select="$catalogue/v:result[@id = current()/@result]"/></xsl:call-template>
    <xsl:if test="c:step"><xsl:call-template name="plan-steps"/></xsl:if>
  </xsl:template>

  <!-- A step is told as the state that it led to. -->
  <xsl:template name="plan-steps">
    <xsl:variable name="steps" select="c:step"/>
    <xsl:call-template name="field">
      <xsl:with-param name="key" select="'copy.plan.steps'"/>
      <xsl:with-param name="value">
        <xsl:for-each select="$tongues">
          <xsl:variable name="tongue" select="."/>
          <xsl:call-template name="text">
            <xsl:with-param name="say">
              <xsl:for-each select="$steps">
                <xsl:variable name="to" select="$moves/l:state[@id = $moves/l:move[@event = current()/@event]/@to]"/>
                <xsl:value-of select="concat(ih:date(@date, $tongue/@tag), ': ')"/>
                <xsl:for-each select="$tongue[$to]"><xsl:call-template name="pick"><xsl:with-param name="of" select="$to"/></xsl:call-template></xsl:for-each>
                <xsl:if test="not($to)"><xsl:value-of select="ih:isolate(@event)"/></xsl:if>
                <xsl:if test="position() != last()">
                  <xsl:choose><xsl:when test="$tongue/@lang = 'ar'">؛ </xsl:when><xsl:otherwise>; </xsl:otherwise></xsl:choose>
                </xsl:if>
              </xsl:for-each>
            </xsl:with-param>
          </xsl:call-template>
        </xsl:for-each>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- What the person says of the plan, and whether the person agrees. -->
  <xsl:template name="views">
    <xsl:variable name="said" select="$case/c:plan/c:view | $case/c:plan/c:agreement"/>
    <xsl:if test="$said">
      <p><xsl:call-template name="word"><xsl:with-param name="key" select="'copy.plan.views'"/></xsl:call-template></p>
      <xsl:for-each select="$said"><fields><xsl:apply-templates select="."/></fields></xsl:for-each>
    </xsl:if>
  </xsl:template>

  <xsl:template match="c:view">
    <xsl:call-template name="date-field"><xsl:with-param name="key" select="'document.date'"/><xsl:with-param name="of" select="@date"/></xsl:call-template>
    <xsl:call-template name="same-field"><xsl:with-param name="key" select="'copy.plan.said'"/><xsl:with-param name="of" select="normalize-space(.)"/></xsl:call-template>
  </xsl:template>

  <xsl:template match="c:agreement">
    <xsl:call-template name="field">
      <xsl:with-param name="key" select="'copy.plan.agreement'"/>
      <xsl:with-param name="value"><xsl:call-template name="dated"><xsl:with-param name="key" select="concat('plan.agreement.', @said)"/><xsl:with-param name="of" select="@date"/></xsl:call-template></xsl:with-param>
    </xsl:call-template>
    <xsl:call-template name="listed-field"><xsl:with-param name="key" select="'copy.consent.mode'"/><xsl:with-param name="codes" select="@mode"/><xsl:with-param name="room" select="'mode'"/></xsl:call-template>
  </xsl:template>

  <!-- ==== what was said and agreed -->

  <xsl:template name="flags">
    <xsl:if test="$case/c:flag">
      <xsl:call-template name="h"><xsl:with-param name="key" select="'copy.flags'"/></xsl:call-template>
      <table>
        <row>
          <xsl:call-template name="word-cell"><xsl:with-param name="key" select="'copy.what'"/></xsl:call-template>
          <xsl:call-template name="word-cell"><xsl:with-param name="key" select="'copy.answer'"/></xsl:call-template>
          <xsl:call-template name="word-cell"><xsl:with-param name="key" select="'copy.flag.about'"/></xsl:call-template>
          <xsl:call-template name="word-cell"><xsl:with-param name="key" select="'copy.day'"/></xsl:call-template>
        </row>
        <xsl:for-each select="$case/c:flag">
          <row>
            <cell><xsl:call-template name="titled"><xsl:with-param name="of" select="$consented/k:flag[@id = current()/@id]"/><xsl:with-param name="id" select="@id"/></xsl:call-template></cell>
            <xsl:call-template name="word-cell"><xsl:with-param name="key" select="concat('copy.flag.', @raised)"/></xsl:call-template>
            <cell><xsl:call-template name="country"><xsl:with-param name="code" select="@about"/></xsl:call-template></cell>
            <xsl:call-template name="date-cell"><xsl:with-param name="of" select="@date"/></xsl:call-template>
          </row>
        </xsl:for-each>
      </table>
    </xsl:if>
  </xsl:template>

  <xsl:template name="agreements">
    <xsl:call-template name="h"><xsl:with-param name="key" select="'copy.consents'"/></xsl:call-template>
    <xsl:if test="not($case/c:consent)"><p><xsl:call-template name="word"><xsl:with-param name="key" select="'document.consent.none'"/></xsl:call-template></p></xsl:if>
    <xsl:for-each select="$case/c:consent">
      <fields>
        <xsl:call-template name="field">
          <xsl:with-param name="key" select="'document.purpose'"/>
          <xsl:with-param name="value">
            <xsl:variable name="named" select="$consented/k:purpose[@id = current()/@purpose]/k:name"/>
            <xsl:choose>
              <xsl:when test="$named"><xsl:call-template name="texts"><xsl:with-param name="of" select="$named"/></xsl:call-template></xsl:when>
              <xsl:otherwise><xsl:call-template name="word-or"><xsl:with-param name="key" select="concat('document.purpose.', @purpose)"/><xsl:with-param name="code" select="@purpose"/></xsl:call-template></xsl:otherwise>
            </xsl:choose>
          </xsl:with-param>
        </xsl:call-template>
        <xsl:call-template name="word-field"><xsl:with-param name="key" select="'document.answer'"/><xsl:with-param name="of" select="concat('document.consent.', @state)"/><xsl:with-param name="code" select="@state"/></xsl:call-template>
        <xsl:call-template name="field">
          <xsl:with-param name="key" select="'copy.consent.recipient'"/>
          <xsl:with-param name="value"><xsl:call-template name="party"><xsl:with-param name="code" select="@recipient"/></xsl:call-template></xsl:with-param>
        </xsl:call-template>
        <xsl:call-template name="listed-field"><xsl:with-param name="key" select="'copy.consent.category'"/><xsl:with-param name="codes" select="@category"/><xsl:with-param name="room" select="'category'"/></xsl:call-template>
        <xsl:call-template name="date-field"><xsl:with-param name="key" select="'document.date'"/><xsl:with-param name="of" select="@date"/></xsl:call-template>
        <xsl:if test="@from"><xsl:call-template name="date-field"><xsl:with-param name="key" select="'copy.consent.from'"/><xsl:with-param name="of" select="@from"/></xsl:call-template></xsl:if>
        <xsl:if test="@until"><xsl:call-template name="date-field"><xsl:with-param name="key" select="'document.until'"/><xsl:with-param name="of" select="@until"/></xsl:call-template></xsl:if>
        <xsl:if test="@language"><xsl:call-template name="word-field"><xsl:with-param name="key" select="'copy.consent.language'"/><xsl:with-param name="of" select="concat('document.language.', @language)"/><xsl:with-param name="code" select="@language"/></xsl:call-template></xsl:if>
        <xsl:if test="@mode"><xsl:call-template name="listed-field"><xsl:with-param name="key" select="'copy.consent.mode'"/><xsl:with-param name="codes" select="@mode"/><xsl:with-param name="room" select="'mode'"/></xsl:call-template></xsl:if>
        <xsl:if test="@with"><xsl:call-template name="listed-field"><xsl:with-param name="key" select="'copy.consent.with'"/><xsl:with-param name="codes" select="@with"/><xsl:with-param name="room" select="'with'"/></xsl:call-template></xsl:if>
        <xsl:if test="@basis">
          <xsl:call-template name="field">
            <xsl:with-param name="key" select="'copy.consent.basis'"/>
            <xsl:with-param name="value"><xsl:call-template name="titled"><xsl:with-param name="of" select="$sender/m:basis[@id = current()/@basis]"/><xsl:with-param name="id" select="@basis"/></xsl:call-template></xsl:with-param>
          </xsl:call-template>
        </xsl:if>
        <xsl:if test="@text"><xsl:call-template name="read-then"/></xsl:if>
      </fields>
    </xsl:for-each>
  </xsl:template>

  <!-- The words that were read, in the language in which they were. -->
  <xsl:template name="read-then">
    <xsl:variable name="said" select="$copy/p:said[@digest = current()/@text]"/>
    <xsl:choose>
      <xsl:when test="$said"><xsl:call-template name="same-field"><xsl:with-param name="key" select="'copy.consent.said'"/><xsl:with-param name="of" select="$said[1]"/></xsl:call-template></xsl:when>
      <xsl:otherwise><xsl:call-template name="same-field"><xsl:with-param name="key" select="'copy.consent.unsaid'"/><xsl:with-param name="of" select="substring(@text, 1, 16)"/></xsl:call-template></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- ==== who was given what -->

  <xsl:template name="codes-field">
    <xsl:param name="key"/>
    <xsl:param name="item"/>
    <xsl:param name="of"/>
    <xsl:if test="$of">
      <xsl:call-template name="field">
        <xsl:with-param name="key" select="$key"/>
        <xsl:with-param name="value">
          <xsl:for-each select="$tongues">
            <xsl:call-template name="text">
              <xsl:with-param name="say"><xsl:call-template name="joined"><xsl:with-param name="item" select="$item"/><xsl:with-param name="values" select="$of"/></xsl:call-template></xsl:with-param>
            </xsl:call-template>
          </xsl:for-each>
        </xsl:with-param>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <xsl:template name="referrals">
    <xsl:if test="$case/c:referral">
      <xsl:call-template name="h"><xsl:with-param name="key" select="'copy.referrals'"/></xsl:call-template>
      <xsl:for-each select="$case/c:referral">
        <fields>
          <xsl:call-template name="field">
            <xsl:with-param name="key" select="'copy.referral.to'"/>
            <xsl:with-param name="value"><xsl:call-template name="party"><xsl:with-param name="code" select="@to"/></xsl:call-template></xsl:with-param>
          </xsl:call-template>
          <xsl:call-template name="date-field"><xsl:with-param name="key" select="'document.date'"/><xsl:with-param name="of" select="@date"/></xsl:call-template>
          <xsl:call-template name="field">
            <xsl:with-param name="key" select="'copy.now'"/>
            <xsl:with-param name="value"><xsl:call-template name="state"><xsl:with-param name="axis" select="'referral'"/><xsl:with-param name="state" select="@status"/></xsl:call-template></xsl:with-param>
          </xsl:call-template>
          <xsl:if test="@why">
            <xsl:call-template name="field">
              <xsl:with-param name="key" select="'copy.referral.why'"/>
              <xsl:with-param name="value"><xsl:call-template name="word"><xsl:with-param name="key" select="concat('decline.', @why)"/></xsl:call-template></xsl:with-param>
            </xsl:call-template>
          </xsl:if>
          <xsl:call-template name="codes-field"><xsl:with-param name="key" select="'copy.referral.reasons'"/><xsl:with-param name="item" select="'needs'"/><xsl:with-param name="of" select="c:reason/@code"/></xsl:call-template>
          <xsl:call-template name="codes-field"><xsl:with-param name="key" select="'copy.referral.services'"/><xsl:with-param name="item" select="'needs'"/><xsl:with-param name="of" select="c:service/@code"/></xsl:call-template>
        </fields>
      </xsl:for-each>
    </xsl:if>
  </xsl:template>

  <!-- What one office asked the other, and how it was answered. -->
  <xsl:template name="inquiries">
    <xsl:if test="$case/c:inquiry">
      <xsl:call-template name="h"><xsl:with-param name="key" select="'copy.inquiries'"/></xsl:call-template>
      <xsl:for-each select="$case/c:inquiry">
        <fields>
          <xsl:call-template name="field">
            <xsl:with-param name="key" select="concat('copy.inquiry.', @asked)"/>
            <xsl:with-param name="value"><xsl:call-template name="party"><xsl:with-param name="code" select="@of"/></xsl:call-template></xsl:with-param>
          </xsl:call-template>
          <xsl:call-template name="listed-field"><xsl:with-param name="key" select="'copy.consent.category'"/><xsl:with-param name="codes" select="@categories"/><xsl:with-param name="room" select="'category'"/></xsl:call-template>
          <xsl:call-template name="field">
            <xsl:with-param name="key" select="'document.purpose'"/>
            <xsl:with-param name="value"><xsl:call-template name="titled"><xsl:with-param name="of" select="$consented/k:purpose[@id = current()/@purpose]/k:name"/><xsl:with-param name="id" select="@purpose"/></xsl:call-template></xsl:with-param>
          </xsl:call-template>
          <xsl:call-template name="date-field"><xsl:with-param name="key" select="'document.date'"/><xsl:with-param name="of" select="@date"/></xsl:call-template>
          <xsl:call-template name="date-field"><xsl:with-param name="key" select="'copy.inquiry.until'"/><xsl:with-param name="of" select="@until"/></xsl:call-template>
          <xsl:if test="@answered">
            <xsl:call-template name="date-field"><xsl:with-param name="key" select="'column.answered'"/><xsl:with-param name="of" select="@answered"/></xsl:call-template>
            <xsl:call-template name="word-field">
              <xsl:with-param name="key" select="'column.answer'"/>
              <xsl:with-param name="of"><xsl:choose><xsl:when test="@why"><xsl:value-of select="concat('unsaid.', @why)"/></xsl:when><xsl:otherwise>inquiry.told</xsl:otherwise></xsl:choose></xsl:with-param>
              <xsl:with-param name="code" select="@why"/>
            </xsl:call-template>
          </xsl:if>
        </fields>
      </xsl:for-each>
    </xsl:if>
  </xsl:template>

  <xsl:template name="letters">
    <xsl:call-template name="h"><xsl:with-param name="key" select="'copy.letters'"/></xsl:call-template>
    <xsl:choose>
      <xsl:when test="$copy/p:letter">
        <table>
          <row>
            <xsl:call-template name="word-cell"><xsl:with-param name="key" select="'copy.day'"/></xsl:call-template>
            <xsl:call-template name="word-cell"><xsl:with-param name="key" select="'copy.what'"/></xsl:call-template>
            <xsl:call-template name="word-cell"><xsl:with-param name="key" select="'document.recipient'"/></xsl:call-template>
            <xsl:call-template name="word-cell"><xsl:with-param name="key" select="'copy.letter.why'"/></xsl:call-template>
            <xsl:call-template name="word-cell"><xsl:with-param name="key" select="'copy.now'"/></xsl:call-template>
          </row>
          <xsl:for-each select="$copy/p:letter">
            <row>
              <xsl:call-template name="date-cell"><xsl:with-param name="of" select="@day"/></xsl:call-template>
              <xsl:call-template name="word-cell"><xsl:with-param name="key" select="concat('copy.letter.', @direction)"/></xsl:call-template>
              <cell><xsl:call-template name="party"><xsl:with-param name="code" select="@peer"/></xsl:call-template></cell>
              <cell><xsl:call-template name="word-or"><xsl:with-param name="key" select="concat('purpose.', @purpose)"/><xsl:with-param name="code" select="@purpose"/></xsl:call-template></cell>
              <cell><xsl:call-template name="state"><xsl:with-param name="axis" select="'referral'"/><xsl:with-param name="state" select="@state"/></xsl:call-template></cell>
            </row>
          </xsl:for-each>
        </table>
      </xsl:when>
      <xsl:otherwise><p><xsl:call-template name="word"><xsl:with-param name="key" select="'copy.letters.none'"/></xsl:call-template></p></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="uses">
    <xsl:if test="$copy/p:use | $copy/p:emergency">
      <xsl:call-template name="h"><xsl:with-param name="key" select="'copy.uses'"/></xsl:call-template>
      <table>
        <row>
          <xsl:call-template name="word-cell"><xsl:with-param name="key" select="'copy.day'"/></xsl:call-template>
          <xsl:call-template name="word-cell"><xsl:with-param name="key" select="'copy.what'"/></xsl:call-template>
          <xsl:call-template name="word-cell"><xsl:with-param name="key" select="'copy.times'"/></xsl:call-template>
        </row>
        <xsl:for-each select="$copy/p:use">
          <row>
            <xsl:call-template name="date-cell"><xsl:with-param name="of" select="@day"/></xsl:call-template>
            <xsl:call-template name="word-cell"><xsl:with-param name="key" select="concat('copy.use.', @act)"/></xsl:call-template>
            <cell><same><xsl:value-of select="@times"/></same></cell>
          </row>
        </xsl:for-each>
        <xsl:for-each select="$copy/p:emergency">
          <row>
            <xsl:call-template name="date-cell"><xsl:with-param name="of" select="@day"/></xsl:call-template>
            <xsl:call-template name="word-cell"><xsl:with-param name="key" select="'copy.use.emergency'"/></xsl:call-template>
            <cell><same>1</same></cell>
          </row>
        </xsl:for-each>
      </table>
    </xsl:if>
  </xsl:template>

  <xsl:template name="linked">
    <xsl:call-template name="h"><xsl:with-param name="key" select="'copy.linked'"/></xsl:call-template>
    <xsl:choose>
      <xsl:when test="$copy/p:linked">
        <list><xsl:for-each select="$copy/p:linked"><item><xsl:call-template name="texts"><xsl:with-param name="of" select="."/></xsl:call-template></item></xsl:for-each></list>
      </xsl:when>
      <xsl:otherwise><p><xsl:call-template name="word"><xsl:with-param name="key" select="'copy.linked.none'"/></xsl:call-template></p></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- ==== for how long, and what can be asked -->

  <xsl:template name="kept">
    <xsl:call-template name="h"><xsl:with-param name="key" select="'copy.kept'"/></xsl:call-template>
    <xsl:for-each select="$copy/p:hold">
      <note><xsl:call-template name="word"><xsl:with-param name="key" select="'copy.held'"/></xsl:call-template></note>
      <xsl:if test="@until">
        <fields>
          <xsl:call-template name="date-field"><xsl:with-param name="key" select="'copy.held.since'"/><xsl:with-param name="of" select="@since"/></xsl:call-template>
          <xsl:call-template name="date-field"><xsl:with-param name="key" select="'document.until'"/><xsl:with-param name="of" select="@until"/></xsl:call-template>
        </fields>
      </xsl:if>
    </xsl:for-each>
    <xsl:for-each select="$copy/p:kept">
      <fields>
        <xsl:call-template name="field">
          <xsl:with-param name="key" select="'copy.kept.class'"/>
          <xsl:with-param name="value"><xsl:call-template name="texts"><xsl:with-param name="of" select="."/></xsl:call-template></xsl:with-param>
        </xsl:call-template>
        <xsl:call-template name="date-field"><xsl:with-param name="key" select="'copy.clock.from'"/><xsl:with-param name="of" select="@closed"/></xsl:call-template>
        <xsl:if test="@until"><xsl:call-template name="date-field"><xsl:with-param name="key" select="'copy.kept.until'"/><xsl:with-param name="of" select="@until"/></xsl:call-template></xsl:if>
      </fields>
      <xsl:if test="not(@until)"><p><xsl:call-template name="word"><xsl:with-param name="key" select="'copy.kept.undecided'"/></xsl:call-template></p></xsl:if>
    </xsl:for-each>
    <xsl:if test="not($copy/p:kept)"><p><xsl:call-template name="word"><xsl:with-param name="key" select="'copy.kept.open'"/></xsl:call-template></p></xsl:if>
  </xsl:template>

  <xsl:template name="right">
    <xsl:param name="right"/>
    <xsl:variable name="given" select="$sender/m:data-rights"/>
    <xsl:variable name="article" select="$given/@*[local-name() = $right]"/>
    <xsl:variable name="key" select="concat('copy.right.', $right)"/>
    <xsl:variable name="law" select="$sender/m:law[@id = $given/@law]"/>
    <item>
      <xsl:for-each select="$tongues">
        <xsl:call-template name="text">
          <xsl:with-param name="say">
            <xsl:value-of select="ih:word($key, @tag)"/>
            <xsl:if test="$article">
              <xsl:text> (</xsl:text>
              <xsl:call-template name="pick"><xsl:with-param name="of" select="$law"/></xsl:call-template>
              <xsl:choose><xsl:when test="@lang = 'ar'">، </xsl:when><xsl:otherwise>, </xsl:otherwise></xsl:choose>
              <xsl:value-of select="concat(ih:word('document.article.cited', @tag), ' ', ih:apart($article))"/>
              <xsl:text>)</xsl:text>
            </xsl:if>
          </xsl:with-param>
        </xsl:call-template>
      </xsl:for-each>
    </item>
  </xsl:template>

  <xsl:template name="rights">
    <xsl:call-template name="h"><xsl:with-param name="key" select="'copy.rights'"/></xsl:call-template>
    <list>
      <xsl:call-template name="right"><xsl:with-param name="right" select="'access'"/></xsl:call-template>
      <xsl:call-template name="right"><xsl:with-param name="right" select="'rectification'"/></xsl:call-template>
      <xsl:call-template name="right"><xsl:with-param name="right" select="'objection'"/></xsl:call-template>
      <xsl:call-template name="right"><xsl:with-param name="right" select="'withdraw'"/></xsl:call-template>
      <xsl:call-template name="right"><xsl:with-param name="right" select="'retention'"/></xsl:call-template>
    </list>
    <xsl:if test="$sender/m:data-rights[@status != 'verified']">
      <p><xsl:call-template name="word"><xsl:with-param name="key" select="'copy.rights.provisional'"/></xsl:call-template></p>
    </xsl:if>
  </xsl:template>

  <xsl:template name="withheld-item">
    <xsl:param name="what"/>
    <item><xsl:call-template name="word"><xsl:with-param name="key" select="concat('copy.withheld.', $what)"/></xsl:call-template></item>
  </xsl:template>

  <xsl:template name="withheld">
    <xsl:call-template name="h"><xsl:with-param name="key" select="'copy.withheld'"/></xsl:call-template>
    <list>
      <xsl:call-template name="withheld-item"><xsl:with-param name="what" select="'accused'"/></xsl:call-template>
      <xsl:call-template name="withheld-item"><xsl:with-param name="what" select="'others'"/></xsl:call-template>
      <xsl:call-template name="withheld-item"><xsl:with-param name="what" select="'staff'"/></xsl:call-template>
      <xsl:call-template name="withheld-item"><xsl:with-param name="what" select="'derived'"/></xsl:call-template>
      <xsl:call-template name="withheld-item"><xsl:with-param name="what" select="'technical'"/></xsl:call-template>
    </list>
  </xsl:template>
</xsl:stylesheet>
